select community, enterprise, part, whole
from (
    select r.community, r.enterprise, r.part, coalesce(r.whole, c.households) as whole,
           row_number() over (partition by case when r.kind = 'credit' then r.enterprise else r.community end order by r.happened_on desc, r.id desc) as place
    from registry_records r
    join registry_communities c on c.tenant = r.tenant and c.id = r.community
    where r.city = $1 and r.kind = $2 and r.void_reason is null and r.happened_on <= $3
) newest
where place = 1
