insert into campaigns_practices (tenant, id, campaign, application, community, title, body, stage, reason, version) values ($1, $2, $3, $4, $5, $6, $7, 'submitted', '', 1)
