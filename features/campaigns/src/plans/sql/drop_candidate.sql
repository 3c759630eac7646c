delete from campaigns_candidates where tenant = $1 and campaign = $2 and community = $3
