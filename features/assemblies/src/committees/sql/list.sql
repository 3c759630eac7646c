select tenant, id, city, subdistrict, neighborhood, community, enterprise, n, kind, elected_on, term_ends_on, common_income, members, seats, sitting, ended, ended_on, reason, version
from assemblies_committees
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/
    and ended = 0 /*[until] and term_ends_on <= $2*/ /*[after] and (term_ends_on, id) > ($3, $4)*/
order by term_ends_on, id
limit $5
