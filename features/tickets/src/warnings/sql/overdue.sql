select t.id, t.community, t.number, t.round, t.answer_by
from tickets_tickets t
where t.tenant = $1 and t.stage in ('filed', 'dispatched', 'returned', 'accepted') and (t.answer_by <= $2 or t.answered_v = 'late' and exists (select 1 from tickets_whistles h where h.tenant = t.tenant and h.ticket = t.id and h.round = t.round))
    and not exists (select 1 from tickets_warnings w where w.tenant = t.tenant and w.kind = $3 and w.subject = cast(t.id as text) || '.' || cast(t.round as text))
order by t.answer_by, t.id
limit $4
