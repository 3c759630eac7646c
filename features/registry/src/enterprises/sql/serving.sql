select e.id, e.name
from registry_enterprises e
where e.id in (select c.enterprise from registry_communities c where /*[county] c.tenant = $1*/ /*[subdistrict] c.subdistrict = $1*/ /*[neighborhood] c.neighborhood = $1*/)
order by e.name
limit 100
