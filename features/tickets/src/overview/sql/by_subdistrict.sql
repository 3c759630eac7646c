select subdistrict as body, count(*) as n, cast(sum(case when answer_by <= $3 or answered_v = 'late' or stage = 'filed' and dispatched_v = 'late' or stage = 'dispatched' and contacted_v = 'late' then 1 else 0 end) as bigint) as late
from tickets_tickets
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/
    and stage = $2
group by subdistrict
order by subdistrict
