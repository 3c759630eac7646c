insert into owners_letters (tenant, id, city, subdistrict, neighborhood, community, enterprise, unit, digest, printed_at, printed_by, ends_at, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)
