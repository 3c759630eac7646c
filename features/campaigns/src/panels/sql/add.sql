insert into campaigns_panels (tenant, campaign, person, kind) values ($1, $2, $3, $4)
