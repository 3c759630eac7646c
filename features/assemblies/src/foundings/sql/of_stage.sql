select tenant, id, city, subdistrict, neighborhood, community, enterprise, kind, applied_on, ground, stage, sealed, posted_on, formed_on, tasks, decision, ended_on, reason, version
from assemblies_foundings
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/
    and stage = $2
order by id
limit $3
