select step, count(*) as n, cast(sum(late) as bigint) as late
from (
    select case when $4 < filed_at then 0 when $5 < filed_at then 1 when $6 < filed_at then 2 when $7 < filed_at then 3 else 4 end as step,
           case when answer_by <= $3 or answered_v = 'late' or stage = 'filed' and dispatched_v = 'late' or stage = 'dispatched' and contacted_v = 'late' then 1 else 0 end as late
    from tickets_tickets
    where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/
        and stage = $2
) waiting
group by step
order by step
