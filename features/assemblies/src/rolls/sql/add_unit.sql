insert into assemblies_units (tenant, roll, unit, n, building, entrance, kind, holder, area, area_source, owners, contact, door) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
