select count(*) as n from campaigns_sheets where campaign = $1 and level = 'city' and stage = 'locked' and void_reason is null
