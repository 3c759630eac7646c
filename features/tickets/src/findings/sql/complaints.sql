select community, count(*) as n
from tickets_tickets
where tenant = $1 and filed_on > $2 and filed_on <= $3 and kind = 'complaint'
    and stage not in ('declined', 'transferred', 'withdrawn', 'merged')
group by community
