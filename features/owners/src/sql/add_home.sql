insert into owners_homes (tenant, id, community, unit, person, letter, bound_at, device, version) values ($1, $2, $3, $4, $5, $6, $7, $8, 1)
