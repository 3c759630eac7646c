select count(*) as n from (
select 1
from /*[named] words($6) w cross join*/ registry_communities c
where /*[city] c.city = $1*/ /*[county] c.tenant = $1*/ /*[subdistrict] c.subdistrict = $1*/ /*[neighborhood] c.neighborhood = $1*/ /*[community] c.tenant = cast($1 as bigint) >> 48 and c.id = $1*/ /*[enterprise] c.enterprise = $1*/
    /*[in_county] and c.tenant = $2*/ /*[in_subdistrict] and c.subdistrict = $3*/
    /*[kind] and c.kind = $4*/ /*[mode] and c.service_mode = $5*/ /*[named] and c.tenant = w.tenant and c.id = w.id*/
limit $7
) counted
