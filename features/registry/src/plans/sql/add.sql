insert into registry_plans (tenant, id, city, community, latitude, longitude, picture, width, height, spots, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)
on conflict do nothing
