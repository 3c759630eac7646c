select count(*) as n from assemblies_committees
where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/
    and ended = 0 /*[until] and term_ends_on < $2*/
