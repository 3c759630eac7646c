insert into campaigns_progress (tenant, id, campaign, seen_on, figures, verdict, found, advice, person, filed_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)
