select category, flags, cast(sum(n) as bigint) as n
from tickets_settled_counts
where tenant = $1 and part = 'category' and month >= $2 and month < $3
group by category, flags
