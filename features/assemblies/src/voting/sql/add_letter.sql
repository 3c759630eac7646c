insert into assemblies_letters (tenant, decision, unit, serial, digest, delivered_at, delivered_by, how, contact) values ($1, $2, $3, 1, $4, null, null, '', 'none')
