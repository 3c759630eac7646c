select d.id, d.code, d.name, d.kind, d.parent, d.city, d.tenant, d.valid_to, d.version,
       (select count(*) from registry_divisions b where b.parent = d.id) as below,
       (select count(*) from registry_communities c where c.neighborhood = d.id) as communities
from registry_divisions d
where d.parent = $1
order by d.code
