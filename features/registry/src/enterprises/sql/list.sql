select e.id, e.uscc, e.name,
       (select count(*) from registry_communities c where c.enterprise = e.id) as communities,
       (select coalesce(cast(sum(c.households) as bigint), 0) from registry_communities c where c.enterprise = e.id) as households
from registry_enterprises e
where e.city = $1 and e.name > $2
order by e.name
limit $3
