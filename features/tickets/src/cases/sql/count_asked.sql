select count(*) as n from (
    select id from tickets_tickets
    where /*[city] city = $1*/ /*[county] tenant = $1*/ /*[subdistrict] subdistrict = $1*/ /*[neighborhood] neighborhood = $1*/ /*[community] community = $1*/ /*[enterprise] enterprise = $1*/ /*[department] handler = $1 and handler_kind > 'county' and handler_kind < 'e'*/
        and asked_at is not null and answered_v is null and answer_by > $2
    limit $3
) asked
