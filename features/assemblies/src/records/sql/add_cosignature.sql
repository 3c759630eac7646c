insert into assemblies_cosignatures (tenant, decision, size, name, line, at) values ($1, $2, $3, $4, $5, $6) on conflict (tenant, decision, size, name) do nothing
