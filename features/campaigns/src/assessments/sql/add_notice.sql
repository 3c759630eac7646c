insert into campaigns_notices (campaign, version, id, posted_on, days, next_step, body, reason) values ($1, $2, $3, $4, $5, $6, $7, $8)
