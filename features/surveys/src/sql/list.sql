select tenant, id, city, subdistrict, neighborhood, community, enterprise, title, households, opens_on, closes_on, stage, reason, entered, version
from surveys_surveys
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/
    /*[after] and id < $2*/
order by id desc
limit $3
