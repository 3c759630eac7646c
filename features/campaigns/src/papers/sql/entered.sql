select tenant, id, community, reported, paper_on from campaigns_applications
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/
    and campaign = $2 and reported is not null
order by id
