-- The numbers of a unit's door, by which a bound home is found whatever words stand around them. Rolls from before are found by their
-- own words only.
alter table assemblies_units add column door text not null default '';
create index assemblies_units_door on assemblies_units (tenant, roll, door);
