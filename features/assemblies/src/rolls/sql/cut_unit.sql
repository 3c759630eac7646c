insert into assemblies_units (tenant, roll, unit, n, building, entrance, kind, holder, area, area_source, owners, contact, door)
select tenant, $3, unit, $5, building, entrance, kind, holder, area, area_source, owners, contact, door from assemblies_units where tenant = $1 and roll = $2 and unit = $4
