insert into assemblies_log (tenant, decision, n, kind, hash, body, at) values ($1, $2, $3, $4, $5, $6, $7)
