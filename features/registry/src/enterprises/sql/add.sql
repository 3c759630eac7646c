insert into registry_enterprises (id, uscc, name, city, home_tenant, note, batch, version) values ($1, $2, $3, $4, $5, $6, $7, 1)
