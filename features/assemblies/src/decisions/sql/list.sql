select tenant, id, city, subdistrict, neighborhood, community, enterprise, n, title, stage, roll, terms, agenda, asked_on, noticed_on, opens_at, closes_at, sealed, reason, reported, version
from assemblies_decisions
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/
    /*[after] and id < $2*/
order by id desc
limit $3
