select tenant, count(*) as submitted, cast(sum(case when stage = 'accepted' then 1 else 0 end) as bigint) as accepted
from campaigns_applications
where city = $1 and campaign = $2 and stage <> 'draft'
group by tenant
