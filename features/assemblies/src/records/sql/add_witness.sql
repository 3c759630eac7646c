insert into assemblies_witnesses (tenant, decision, name, key, added_by, added_at) values ($1, $2, $3, $4, $5, $6)
