select id, at, person, role, permission, event, subject, body
from store_audit
where tenant = $1 and $2 <= id /*[before] and id < $3*/ and $4 <= at and at < $5 /*[person] and person = $6*/ /*[event] and event = $7*/
order by id desc
limit $8
