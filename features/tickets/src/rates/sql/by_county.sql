select body, company, category, flags, count(*) as n
from (
    select tenant as body, case when handler_kind = 'enterprise' then handler else 0 end as company, category,
        case when kind = 'praise' then 0 else case when 1 < round then 1 else 0 end
        + case when contacted_v is null then 0 when contacted_v = 'in_time' then 6 else 2 end
        + case when solved is null then 0 when solved = 'yes' then 24 else 8 end
        + case when satisfied is null then 0 when satisfied = 'yes' then 96 else 32 end
        + case when answered_v = 'in_time' then 384 when answered_v is not null or (stage in ('filed', 'dispatched', 'returned', 'accepted') and answer_by <= $4) then 128 else 0 end end as flags
    from tickets_tickets
    where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/
        and filed_on >= $2 and filed_on < $3 and stage <> 'merged'
) cases
group by body, company, category, flags
order by body, company, category, flags
