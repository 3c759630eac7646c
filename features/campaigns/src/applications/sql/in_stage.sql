select count(*) as n from campaigns_applications
where /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[enterprise] enterprise = $1*/ /*[community] community = $1*/
    and campaign = $2 and stage = $3 /*[written] and channel = $4 and party = $5*/ /*[recommended] and channel = $4*/
