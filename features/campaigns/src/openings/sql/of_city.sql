select id, city, tenant, title, withdrawn_at, addressees from campaigns_campaigns
where city = $1 and ($2 = 0 or tenant is null or tenant = $2)
order by id desc
limit 100
