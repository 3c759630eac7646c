insert into assemblies_ballots (tenant, decision, n, unit, channel, at, sealed) values ($1, $2, $3, $4, $5, $6, $7)
