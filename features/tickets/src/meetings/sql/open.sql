select a.id, a.ticket, a.meeting, a.put_at, a.outcome, a.words, a.decided_at, a.version
from tickets_agenda a join tickets_tickets t on t.tenant = a.tenant and t.id = a.ticket
where a.tenant = $1 and a.meeting = $2 and a.outcome is null
    and t.stage in ('filed', 'dispatched', 'returned', 'accepted')
    /*[subdistrict] and t.subdistrict = $3*/ /*[neighborhood] and t.neighborhood = $3*/ /*[county] and t.tenant = $3*/
order by a.id
limit $4
