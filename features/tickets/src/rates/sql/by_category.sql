select category, count(*) as filed, cast(sum(case when solved = 'no' then 1 else 0 end) as bigint) as unsolved
from tickets_tickets
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/
    and filed_on >= $2 and filed_on < $3
group by category
order by filed desc, category
limit 5
