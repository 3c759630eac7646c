select tenant, id, city, subdistrict, neighborhood, community, enterprise, number, category, kind, urgency, openness, channel, body, building, contact, stage, handler_kind, handler, words, level, round, filed_at, dispatch_by, contact_by, answer_by, wakes_at, dispatched_v, contacted_v, answered_v, solved, satisfied, extended, urged, supervised, merged_into, closed_at, version
from tickets_tickets
where /*[city] city = $1*/ /*[county] tenant = $1*/ and openness = 'public' and $2 <= filed_at and filed_at <= $3
order by filed_at desc, id desc
limit $4
