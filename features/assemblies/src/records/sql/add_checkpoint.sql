insert into assemblies_checkpoints (tenant, decision, size, note, at) values ($1, $2, $3, $4, $5) on conflict (tenant, decision, size) do nothing
