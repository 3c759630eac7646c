select selection from campaigns_selected where tenant = $1 and campaign = $2 and application = $3 order by selection
