select community, category, building, count(*) as n, max(id) as newest
from tickets_tickets
where tenant = $1 and $2 <= filed_on and kind <> 'praise' and stage <> 'merged' and stage <> 'withdrawn'
group by community, category, building
having $3 <= count(*)
order by community, category, building
limit $4
