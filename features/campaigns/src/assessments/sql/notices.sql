select id, campaign, version, posted_on, days, next_step, body, reason from campaigns_notices where campaign = $1 order by version desc
