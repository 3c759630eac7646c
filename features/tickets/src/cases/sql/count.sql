select count(*) as n, cast(coalesce(sum(case when answer_by <= $3 or answered_v = 'late' then 1 else 0 end), 0) as bigint) as late, cast(coalesce(sum(case when $3 < answer_by and answer_by <= $4 and answered_v is null then 1 else 0 end), 0) as bigint) as today
from (
    select answer_by, answered_v from tickets_tickets
    where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/ /*[department] handler = $1 and handler_kind > 'county' and handler_kind < 'e'*/
        and stage = $2 /*[held] and handler_kind = $6 and handler = $7*/
    order by answer_by, id limit $5
) pressing
