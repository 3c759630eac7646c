select id, title from campaigns_campaigns
where city = $1 and coalesce(tenant, 0) = $2 and withdrawn_at is null and (pack = $3 or title = $4)
order by id desc
