select w.id, w.ticket, w.level, w.round, w.blown_by, w.reason, w.responder_kind, w.responder, w.blown_at, w.report_by, w.solve_by, w.reported_at, w.reported_v, w.reported_by, w.of_responder, w.of_blower, w.version
from (
    select * from tickets_whistles
    where tenant = $1 and responder_kind = $2 and responder = $3 and reported_at is not null
    order by reported_at desc, id desc
    limit 200
) w
join tickets_tickets t on t.tenant = w.tenant and t.id = w.ticket
where t.stage in ('filed', 'dispatched', 'returned', 'accepted') and (t.handler is null or not (t.handler_kind = $2 and t.handler = $3))
order by t.answer_by, t.id
limit 50
