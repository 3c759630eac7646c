insert into assemblies_visits (tenant, id, decision, unit, what, note, person, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
