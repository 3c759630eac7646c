select id from campaigns_applications where city = $1 and campaign = $2 and enterprise = $3 limit 1
