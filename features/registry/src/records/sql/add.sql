insert into registry_records (tenant, id, city, subdistrict, neighborhood, community, enterprise, kind, class, status, title, happened_on, ends_on, part, whole, evidence, batch, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 1)
