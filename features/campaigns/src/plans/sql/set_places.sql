update campaigns_quotas set places = $4 where tenant = $1 and campaign = $2 and selection = $3 and used <= $4
