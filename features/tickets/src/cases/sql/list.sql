select t.tenant, t.id, t.city, t.subdistrict, t.neighborhood, t.community, t.enterprise, t.number, t.category, t.kind, t.urgency, t.openness, t.channel, t.body, t.building, t.contact, t.stage, t.handler_kind, t.handler, t.words, t.level, t.round, t.filed_at, t.dispatch_by, t.contact_by, t.answer_by, t.wakes_at, t.dispatched_v, t.contacted_v, t.answered_v, t.solved, t.satisfied, t.extended, t.urged, t.supervised, t.merged_into, t.closed_at, t.version
from /*[said] words($8) w cross join*/ tickets_tickets t
where /*[city] t.city = $1*/ /*[county] t.tenant = $1*/ /*[subdistrict] t.subdistrict = $1*/ /*[neighborhood] t.neighborhood = $1*/ /*[community] t.community = $1*/ /*[enterprise] t.enterprise = $1*/ /*[department] t.handler = $1 and t.handler_kind > 'county' and t.handler_kind < 'e'*/
    /*[stage] and t.stage = $2*/ /*[said] and t.tenant = w.tenant and t.id = w.id*/
    /*[of_county] and t.tenant = $9*/ /*[of_subdistrict] and t.subdistrict = $9*/ /*[of_community] and t.community = $9*/ /*[filed] and t.filed_at > $10 and t.filed_at <= $11*/
    /*[category] and t.category = $3*/ /*[late] and (t.answer_by <= $4 or t.answered_v = 'late')*/ /*[was_late] and t.answered_v = 'late'*/ /*[asked] and t.asked_at is not null and t.answered_v is null and t.answer_by > $4*/
    /*[after_by_due] and (t.answer_by, t.id) > ($5, $6)*/ /*[after_by_due_last] and (t.answer_by, t.id) < ($5, $6)*/ /*[after_by_found] and w.id < $6*/ /*[after_by_found_afar] and w.id & 281474976710655 < cast($6 as bigint) & 281474976710655*/
/*[by_due] order by t.answer_by, t.id*/ /*[by_due_last] order by t.answer_by desc, t.id desc*/ /*[by_found] order by w.id desc*/ /*[by_found_afar] order by w.id & 281474976710655 desc*/
limit $7
