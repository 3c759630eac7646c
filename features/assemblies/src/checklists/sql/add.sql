insert into assemblies_checklists (tenant, version, conditions, negatives, published_on, person) values ($1, $2, $3, $4, $5, $6) on conflict (tenant, version) do nothing
