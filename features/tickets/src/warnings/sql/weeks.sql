select community,
       cast(sum(case when $3 <= filed_on then 1 else 0 end) as bigint) as week,
       cast(sum(case when filed_on < $3 then 1 else 0 end) as bigint) as earlier,
       max(id) as newest
from tickets_tickets
where tenant = $1 and $2 <= filed_on and kind <> 'praise'
group by community
having $4 <= sum(case when $3 <= filed_on then 1 else 0 end)
order by community
limit $5
