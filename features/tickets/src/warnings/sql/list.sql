select id, tenant, city, subdistrict, neighborhood, community, enterprise, kind, subject, ticket, words, raised_at, react_by, reactor_kind, reactor, reaction, reacted_at, version
from tickets_warnings
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/
    /*[open] and reaction is null*/ /*[after] and id < $2*/
order by id desc
limit $3
