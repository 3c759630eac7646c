select id, campaign, version, posted_on, days, next_step, body, reason from campaigns_notices where id = $1
