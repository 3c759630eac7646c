insert into assemblies_offers (tenant, id, call, person, sealed, offered_at, outcome, reason, candidate, version) values ($1, $2, $3, $4, $5, $6, null, '', null, 1)
