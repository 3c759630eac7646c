insert into campaigns_candidates (tenant, campaign, community, finding, person, added_at) values ($1, $2, $3, $4, $5, $6)
