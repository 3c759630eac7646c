select a.id, a.at, a.person, a.grant_id, a.role, a.permission, a.event, a.subject, a.body
from store_audit a
where a.tenant = $1 and a.id > $2 and not exists (select 1 from store_seals s where s.tenant = a.tenant and s.audit = a.id)
order by a.id
limit $3
