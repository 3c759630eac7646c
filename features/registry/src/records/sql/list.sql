select r.tenant, r.id, r.city, r.subdistrict, r.neighborhood, r.community, r.enterprise, r.kind, r.class, r.status, r.title, r.happened_on, r.ends_on, r.part, r.whole, r.evidence, r.void_reason, r.version, c.name as community_name, e.name as enterprise_name
from /*[named] words($3) w cross join*/ registry_records r
left join registry_communities c on c.tenant = r.tenant and c.id = r.community
left join registry_enterprises e on e.id = r.enterprise
where /*[city] r.city = $1*/ /*[county] r.tenant = $1*/ /*[subdistrict] r.subdistrict = $1*/ /*[neighborhood] r.neighborhood = $1*/ /*[community] r.tenant = cast($1 as bigint) >> 48 and r.community = $1*/ /*[enterprise] r.enterprise = $1*/
    and r.kind = $2 /*[named] and r.tenant = w.tenant and r.community = w.id*/ /*[from] and r.happened_on >= $4*/ /*[to] and r.happened_on <= $5*/
    /*[class] and r.class = $6*/ /*[status] and r.status = $7*/
    /*[after_by_newest] and (r.happened_on, r.id) < ($8, $9)*/ /*[after_by_oldest] and (r.happened_on, r.id) > ($8, $9)*/
/*[by_newest] order by r.happened_on desc, r.id desc*/ /*[by_oldest] order by r.happened_on, r.id*/
limit $10
