select tenant, id, city, subdistrict, neighborhood, community, enterprise, campaign, channel, party, subject, stage, answers, reason, paper_on, version from campaigns_applications
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/
    and campaign = $2 and id > $3 /*[staged] and stage = $5*/ /*[of_county] and tenant = $6*/
order by id
limit $4
