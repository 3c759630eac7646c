insert into assemblies_opinions (tenant, candidate, body, outcome, reason, document, person, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
