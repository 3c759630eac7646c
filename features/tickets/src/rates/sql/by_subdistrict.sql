select subdistrict as body, case when handler_kind = 'enterprise' then handler else 0 end as company, category, count(*) as filed, cast(sum(case when 1 < round then 1 else 0 end) as bigint) as redone,
       cast(sum(case when contacted_v is not null then 1 else 0 end) as bigint) as asked, cast(sum(case when contacted_v = 'in_time' then 1 else 0 end) as bigint) as responded,
       cast(sum(case when solved is not null then 1 else 0 end) as bigint) as called, cast(sum(case when solved = 'yes' then 1 else 0 end) as bigint) as solved, cast(sum(case when solved = 'no' then 1 else 0 end) as bigint) as unsolved,
       cast(sum(case when satisfied is not null then 1 else 0 end) as bigint) as judged, cast(sum(case when satisfied = 'yes' then 1 else 0 end) as bigint) as satisfied,
       cast(sum(case when answered_v is not null or (stage in ('filed', 'dispatched', 'returned', 'accepted') and answer_by <= $4) then 1 else 0 end) as bigint) as due, cast(sum(case when answered_v = 'in_time' then 1 else 0 end) as bigint) as in_time
from tickets_tickets
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/
    and filed_on >= $2 and filed_on < $3
group by subdistrict, case when handler_kind = 'enterprise' then handler else 0 end, category
order by body, company, category
