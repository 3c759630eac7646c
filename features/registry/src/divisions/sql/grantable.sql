select kind, number, name
from (
    select 1 as part, d.code as place, d.kind, case when d.kind = 'county' then d.tenant else d.id end as number,
           case d.kind when 'city' then d.name when 'county' then d.name when 'subdistrict' then p.name || ' ' || d.name
                else k.name || ' ' || p.name || ' ' || d.name end as name
    from registry_divisions d
    left join registry_divisions p on p.id = d.parent
    left join registry_divisions k on k.tenant = d.tenant and k.kind = 'county'
    where d.valid_to is null
    union all
    select 2 as part, e.name as place, 'enterprise' as kind, e.id as number, e.name as name
    from registry_enterprises e
    union all
    select 3 as part, s.name as place, 'community' as kind, c.id as number, k.name || ' ' || s.name || ' ' || c.name as name
    from registry_communities c
    join registry_divisions s on s.id = c.subdistrict
    join registry_divisions k on k.tenant = c.tenant and k.kind = 'county'
    union all
    select 4 as part, d.name as place, 'department' as kind, d.id as number, c.name || ' ' || d.name as name
    from registry_departments d
    join registry_divisions c on c.tenant = d.tenant and c.kind = 'county'
    where d.ended_on is null
) all_parts
order by part, place, name, number
limit 20000
