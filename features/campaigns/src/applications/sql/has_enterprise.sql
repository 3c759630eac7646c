select id from campaigns_applications
where city = $1 and campaign = $2 and enterprise = $3 and id <> $6
  and (stage <> 'draft' or (channel = $4 and (channel = 'self' or tenant = $5)))
limit 1
