select id, city, tenant, pack, title, withdrawn_at, addressees from campaigns_campaigns where city = $1 order by id desc limit 100
