update tickets_warnings set subdistrict = $3, neighborhood = $4,
    reactor = case when reaction is null and reactor_kind = 'neighborhood' and reactor = $7 then $4 when reaction is null and reactor_kind = 'subdistrict' and reactor = $6 then $3 else reactor end
where tenant = $1 and id in (select id from tickets_warnings where community = $2 and (neighborhood <> $4 or subdistrict <> $3) limit $5)
