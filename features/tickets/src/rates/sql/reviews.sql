select w.responder_kind, w.responder, count(*) as n,
       cast(sum(case when w.reported_at is not null or w.report_by <= $5 then 1 else 0 end) as bigint) as due,
       cast(sum(case when w.reported_at is null and w.report_by <= $5 then 1 else 0 end) as bigint) as missing,
       cast(sum(case when w.reported_v = 'in_time' then 1 else 0 end) as bigint) as in_time,
       cast(coalesce(sum(w.of_responder), 0) as bigint) as of_responder, count(w.of_responder) as responders,
       cast(coalesce(sum(w.of_blower), 0) as bigint) as of_blower, count(w.of_blower) as blowers
from tickets_whistles w
join tickets_tickets t on t.tenant = w.tenant and t.id = w.ticket
where w.tenant = $1 and w.blown_at >= $2 and w.blown_at < $3
    /*[in_subdistrict] and t.subdistrict = $4*/ /*[in_neighborhood] and t.neighborhood = $4*/ /*[in_community] and t.community = $4*/
group by w.responder_kind, w.responder
order by w.responder_kind, w.responder
