insert into campaigns_periods (campaign, code, n, title, starts_on, ends_on) values ($1, $2, $3, $4, $5, $6)
