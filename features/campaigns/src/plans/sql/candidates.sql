select community, finding, added_at from campaigns_candidates where tenant = $1 and campaign = $2 order by added_at, community
