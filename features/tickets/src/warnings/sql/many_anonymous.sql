select community, count(*) as n, max(id) as newest
from tickets_tickets
where tenant = $1 and $2 <= filed_on and openness = 'anonymous'
group by community
having $3 <= count(*)
order by community
limit $4
