insert into assemblies_ballots (tenant, decision, n, unit, channel, at, sealed, void, proxy, account) values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9)
