select tenant, count(*) as n,
       cast(sum(case when service_mode in ('market', 'state_owned', 'public_welfare', 'fallback') then 1 else 0 end) as bigint) as managed
from registry_communities
where city = $1
group by tenant
order by tenant
