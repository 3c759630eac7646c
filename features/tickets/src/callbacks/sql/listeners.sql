select c.id, o.outside
from tickets_outside o
join tickets_systems s on s.id = o.system
join tickets_callbacks c on c.system = s.id and c.stage <> 'ended'
where o.tenant = $1 and o.ticket = $2 and s.ended_at is null and c.stage = 'listed'
order by c.id
