select community, reporter, count(*) as n, max(id) as newest
from tickets_tickets
where tenant = $1 and $2 <= filed_on and kind <> 'praise' and reporter is not null
group by community, reporter
having $3 <= count(*)
order by community, reporter
limit $4
