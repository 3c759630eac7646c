select count(*) as n, cast(coalesce(sum(case when answer_by <= $3 or answered_v = 'late' or stage = 'filed' and dispatched_v = 'late' or stage = 'dispatched' and contacted_v = 'late' then 1 else 0 end), 0) as bigint) as late, cast(coalesce(sum(case when stage = 'filed' and dispatched_v = 'late' or stage = 'dispatched' and contacted_v = 'late' then 0 when $3 < wakes_at and wakes_at <= $4 and answered_v is null then 1 else 0 end), 0) as bigint) as today
from (
    select answer_by, answered_v, stage, dispatched_v, contacted_v, wakes_at from tickets_tickets
    where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/ /*[department] handler = $1 and handler_kind > 'county' and handler_kind < 'e'*/
        and stage = $2 /*[held] and handler_kind = $6 and handler = $7*/
    order by answer_by, id limit $5
) pressing
