select id, at, person, role, permission, event, body
from store_audit
where tenant = $1 and subject = $2
order by id desc
limit $3
