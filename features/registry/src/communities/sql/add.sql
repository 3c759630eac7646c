insert into registry_communities (tenant, id, city, subdistrict, neighborhood, enterprise, number, name, kind, address, built_year, floor_area, buildings, entrances, households, service_mode, note, batch, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1)
