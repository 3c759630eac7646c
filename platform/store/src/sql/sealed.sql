select s.seq, s.hash, a.id, a.at, a.person, a.grant_id, a.role, a.permission, a.event, a.subject, a.body
from store_seals s
left join store_audit a on a.tenant = s.tenant and a.id = s.audit
where s.tenant = $1 and s.seq > $2
order by s.seq
limit $3
