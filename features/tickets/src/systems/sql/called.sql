select s.name, o.outside
from tickets_outside o
join tickets_systems s on s.id = o.system
where o.tenant = $1 and o.ticket = $2
order by s.name, o.outside
