insert into store_security_log (id, at, person, grant_id, permission, why) values ($1, $2, $3, $4, $5, $6)
