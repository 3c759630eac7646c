select w.level, count(distinct cast(w.ticket as text) || '.' || cast(w.round as text)) as n
from tickets_whistles w
join tickets_tickets t on t.tenant = w.tenant and t.id = w.ticket
where w.tenant = $1 and w.blown_at >= $2 and w.blown_at < $3
    /*[in_subdistrict] and t.subdistrict = $4*/ /*[in_neighborhood] and t.neighborhood = $4*/ /*[in_community] and t.community = $4*/
group by w.level
