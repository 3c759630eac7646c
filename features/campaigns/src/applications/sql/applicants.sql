select distinct tenant, channel, party, enterprise, case when party = 'committee' then community else 0 end as community
from campaigns_applications
where city = $1 and campaign = $2
order by tenant, channel, party, enterprise
