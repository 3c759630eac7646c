select id from campaigns_applications where tenant = $1 and campaign = $2 and community = $3
