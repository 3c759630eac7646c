insert into assemblies_objections (tenant, id, subject, body, contact, filed_at, person, outcome, version) values ($1, $2, $3, $4, $5, $6, $7, 'open', 1)
