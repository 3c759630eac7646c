select id, at, person, permission, why
from store_security_log
where $1 <= at and at < $2
order by at desc, id desc
limit $3
