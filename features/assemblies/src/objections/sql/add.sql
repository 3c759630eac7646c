insert into assemblies_objections (tenant, id, subject, body, contact, filed_at, outcome, version) values ($1, $2, $3, $4, $5, $6, 'open', 1)
