with recursive tickets_joined (id) as (
    select cast($2 as bigint)
    union all
    select t.id from tickets_joined j join tickets_tickets t on t.tenant = $1 and t.merged_into = j.id
)
select c.id, o.outside
from tickets_joined j
join tickets_outside o on o.tenant = $1 and o.ticket = j.id
join tickets_systems s on s.id = o.system
join tickets_callbacks c on c.system = s.id and c.stage <> 'ended'
where s.ended_at is null and c.stage = 'listed'
order by c.id, o.outside
