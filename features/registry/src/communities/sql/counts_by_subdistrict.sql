select subdistrict as body, count(*) as n
from registry_communities
where tenant = $1
group by subdistrict
order by subdistrict
