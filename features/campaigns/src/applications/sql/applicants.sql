select distinct tenant, channel, applicant, enterprise, case when applicant is null then 0 else community end as community
from campaigns_applications
where city = $1 and campaign = $2
order by tenant, channel, applicant, enterprise
