select distinct tenant, channel, enterprise
from campaigns_applications
where city = $1 and campaign = $2
order by tenant, channel, enterprise
