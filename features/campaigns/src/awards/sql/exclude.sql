insert into campaigns_exclusions (tenant, application, campaign, reason, document, person, at) values ($1, $2, $3, $4, $5, $6, $7)
