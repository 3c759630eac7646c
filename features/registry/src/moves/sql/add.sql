insert into registry_moves (tenant, id, community, from_subdistrict, from_neighborhood, subdistrict, neighborhood, document, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
