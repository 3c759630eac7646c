select id, at, person, role, permission, event, subject, body
from store_audit
where tenant = $1 and $2 <= id and id < $3 /*[person] and person = $4*/ /*[event] and event = $5*/
order by id desc
limit $6
