select count(*) as n
from tickets_agenda a
join tickets_tickets t on t.tenant = a.tenant and t.id = a.ticket
where a.tenant = $1 and a.meeting = 'neighborhood' and a.first_put_at >= $2 and a.first_put_at < $3
    /*[in_subdistrict] and t.subdistrict = $4*/ /*[in_neighborhood] and t.neighborhood = $4*/ /*[in_community] and t.community = $4*/
