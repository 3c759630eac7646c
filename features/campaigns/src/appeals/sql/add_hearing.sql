insert into campaigns_hearings (campaign, opened_on, closes_on, opened_by) values ($1, $2, $3, $4)
