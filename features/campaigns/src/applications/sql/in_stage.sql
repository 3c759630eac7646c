select count(*) as n from campaigns_applications
where /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ and campaign = $2 and stage = $3
