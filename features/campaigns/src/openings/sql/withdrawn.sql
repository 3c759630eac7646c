select withdrawn_reason from campaigns_campaigns where id = $1
