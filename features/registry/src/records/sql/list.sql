select r.tenant, r.id, r.city, r.subdistrict, r.neighborhood, r.community, r.enterprise, r.kind, r.class, r.status, r.title, r.happened_on, r.ends_on, r.part, r.whole, r.evidence, r.void_reason, r.version, c.name as community_name, e.name as enterprise_name
from registry_records r
left join registry_communities c on c.tenant = r.tenant and c.id = r.community
left join registry_enterprises e on e.id = r.enterprise
where /*[city] r.city = $1*/ /*[county] r.tenant = $1*/ /*[subdistrict] r.subdistrict = $1*/ /*[neighborhood] r.neighborhood = $1*/ /*[community] r.community = $1*/ /*[enterprise] r.enterprise = $1*/
    and r.kind = $2 /*[after] and (r.happened_on, r.id) < ($3, $4)*/
order by r.happened_on desc, r.id desc
limit $5
