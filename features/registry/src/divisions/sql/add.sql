insert into registry_divisions (id, code, name, kind, parent, city, tenant, valid_from) values ($1, $2, $3, $4, $5, $6, $7, $8)
