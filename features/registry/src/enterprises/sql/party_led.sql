select count(*) as serving,
       cast(coalesce(sum(case when exists (
           select 1 from registry_records r
           where r.enterprise = s.enterprise and r.kind = 'enterprise_party' and r.void_reason is null and (r.ends_on is null or $2 <= r.ends_on)
       ) then 1 else 0 end), 0) as bigint) as led
from (
    select distinct c.enterprise from registry_communities c
    where c.enterprise <> 0 and /*[city] c.city = $1*/ /*[county] c.tenant = $1*/
) s
