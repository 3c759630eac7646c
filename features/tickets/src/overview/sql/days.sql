select filed_on, count(*) as n
from tickets_tickets
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/
    and filed_on >= $2
group by filed_on
order by filed_on
