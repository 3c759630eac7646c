insert into tickets_systems (id, name, channel, digest, secret, created_by, created_at, version) values ($1, $2, $3, $4, $5, $6, $7, 1)
