select neighborhood as body, count(*) as n
from registry_communities
where subdistrict = $1
group by neighborhood
order by neighborhood
