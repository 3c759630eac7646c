select tenant, id, city, subdistrict, neighborhood, community, enterprise, number, category, kind, urgency, openness, channel, body, building, contact, stage, handler_kind, handler, words, level, round, filed_at, dispatch_by, contact_by, answer_by, wakes_at, dispatched_v, contacted_v, answered_v, solved, satisfied, extended, urged, supervised, merged_into, closed_at, version
from tickets_tickets
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/
    /*[stage] and stage = $2*/ /*[said] and id in words($8)*/
    /*[category] and category = $3*/ /*[late] and answer_by <= $4*/ /*[was_late] and answered_v = 'late'*/ /*[after] and (answer_by, id) > ($5, $6)*/
order by answer_by, id
limit $7
