insert into campaigns_snapshots (tenant, application, version, campaign, facts_on, facts, reason, person, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
