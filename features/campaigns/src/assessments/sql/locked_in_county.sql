select count(*) as n from campaigns_sheets where tenant = $1 and campaign = $2 and level = 'county' and stage = 'locked'
