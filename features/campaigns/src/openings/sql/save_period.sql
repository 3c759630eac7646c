update campaigns_periods set ends_on = $3, printed_on = $4, reason = $5 where campaign = $1 and code = $2
