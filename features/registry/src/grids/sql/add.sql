insert into registry_grids (tenant, id, neighborhood, code, name, covers, ended_on, version) values ($1, $2, $3, $4, $5, $6, null, 1)
