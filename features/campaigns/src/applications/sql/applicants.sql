-- A recommendation that was never handed in is known to its county alone.
select distinct tenant, channel, enterprise,
    case when stage = 'draft' and channel = 'bureau' then 'county' else party end as party,
    case when party = 'committee' then community else 0 end as community
from campaigns_applications
where city = $1 and campaign = $2
order by tenant, channel, party, enterprise
