update campaigns_quotas set used = used + 1 where tenant = $1 and campaign = $2 and selection = $3 and used < places
