select tenant, id, city, subdistrict, neighborhood, community, enterprise, number, category, kind, urgency, openness, channel, body, building, contact, stage, handler_kind, handler, words, level, round, filed_at, dispatch_by, contact_by, answer_by, wakes_at, dispatched_v, contacted_v, answered_v, solved, satisfied, extended, urged, supervised, merged_into, closed_at, version
from tickets_tickets
where community = $1 and $2 <= filed_on and openness = 'public' and stage <> 'withdrawn'
order by filed_on desc, id desc
limit 100
