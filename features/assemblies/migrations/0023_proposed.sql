-- What a street has to confirm, by day.
create index assemblies_rolls_proposed on assemblies_rolls (subdistrict, stage, next_step, id);
