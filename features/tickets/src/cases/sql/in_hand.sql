select t.tenant, t.id, t.city, t.subdistrict, t.neighborhood, t.community, t.enterprise, t.number, t.category, t.kind, t.urgency, t.openness, t.channel, t.body, t.building, t.contact, t.stage, t.handler_kind, t.handler, t.words, t.level, t.round, t.filed_at, t.dispatch_by, t.contact_by, t.answer_by, t.wakes_at, t.dispatched_v, t.contacted_v, t.answered_v, t.solved, t.satisfied, t.extended, t.urged, t.supervised, t.merged_into, t.closed_at, t.version
from tickets_tickets t
where /*[city] t.city = $1*/ /*[county] t.tenant = $1*/ /*[subdistrict] t.subdistrict = $1*/ /*[neighborhood] t.neighborhood = $1*/ /*[community] t.community = $1*/ /*[enterprise] t.enterprise = $1*/ /*[department] t.handler = $1 and t.handler_kind > 'county' and t.handler_kind < 'e'*/
    and t.stage = $2 and t.handler_kind = $3 and t.handler = $4
order by t.answer_by, t.id
limit $5
