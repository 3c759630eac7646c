insert into campaigns_quotas (tenant, campaign, selection, communities, places, used) values ($1, $2, $3, $4, $5, 0)
