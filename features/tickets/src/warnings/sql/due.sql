select t.id, t.community, t.number, t.round, t.answer_by
from tickets_tickets t
where t.tenant = $1 and t.stage in ('filed', 'dispatched', 'returned', 'accepted') and $2 < t.answer_by and t.answer_by <= $3
    and (t.answer_by - $2) * 2 <= t.answer_by - coalesce(
        (select max(s.at) from tickets_steps s where s.tenant = t.tenant and s.ticket = t.id and s.step = 'reopened'), t.filed_at)
    and t.answered_v is null
    and not exists (select 1 from tickets_warnings w where w.tenant = t.tenant and w.kind = $4 and w.subject = cast(t.id as text) || '.' || cast(t.round as text))
order by t.answer_by, t.id
limit $5
