insert into assemblies_spot_checks (tenant, id, decision, version, seed, share, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8)
