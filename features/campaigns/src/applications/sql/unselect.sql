delete from campaigns_selected where tenant = $1 and campaign = $2 and selection = $3 and application = $4
