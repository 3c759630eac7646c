delete from assemblies_effective where tenant = $1 and decision = $2 and unit = $3
