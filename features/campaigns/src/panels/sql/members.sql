select person, kind from campaigns_panels where tenant = $1 and campaign = $2 order by person
