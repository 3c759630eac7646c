select unit, n, building, entrance, kind, holder, area, area_source, owners, contact from assemblies_units where tenant = $1 and roll = $2 and owners = $3 order by n + 0
