select body, flags, cast(sum(n) as bigint) as n
from tickets_settled_counts
where tenant = $1 and part = 'company' and month >= $2 and month < $3
group by body, flags
