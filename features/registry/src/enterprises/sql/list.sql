select id, uscc, name, communities, households from (
select e.id, e.uscc, e.name,
       (select count(*) from registry_communities c where c.enterprise = e.id) as communities,
       (select coalesce(cast(sum(c.households) as bigint), 0) from registry_communities c where c.enterprise = e.id) as households
from /*[named] words($2) w cross join*/ registry_enterprises e
where e.city = $1 /*[named] and e.id = w.id*/ /*[after_by_name] and e.name > $3*/
) served
/*[by_name] order by name*/ /*[by_households] order by households desc, name*/
limit $4
