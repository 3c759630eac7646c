select kind, number, name
from (
    select 1 as part, d.code as place, d.kind, case when d.kind = 'county' then d.tenant else d.id end as number,
           case when d.kind in ('city', 'county') then d.name else p.name || ' ' || d.name end as name
    from registry_divisions d
    left join registry_divisions p on p.id = d.parent
    where d.valid_to is null
    union all
    select 2 as part, e.name as place, 'enterprise' as kind, e.id as number, e.name as name
    from registry_enterprises e
    union all
    select 3 as part, s.name as place, 'community' as kind, c.id as number, s.name || ' ' || c.name as name
    from registry_communities c
    join registry_divisions s on s.id = c.subdistrict
    union all
    select 4 as part, d.name as place, 'department' as kind, d.id as number, c.name || ' ' || d.name as name
    from registry_departments d
    join registry_divisions c on c.tenant = d.tenant and c.kind = 'county'
    where d.ended_on is null
) all_parts
order by part, place, name, number
limit 20000
