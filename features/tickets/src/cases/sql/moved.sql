update tickets_tickets set subdistrict = $3, neighborhood = $4,
    handler = case when handler_kind = 'neighborhood' and handler = $7 then $4 when handler_kind = 'subdistrict' and handler = $6 then $3 else handler end
where tenant = $1 and id in (select id from tickets_tickets where community = $2 and (neighborhood <> $4 or subdistrict <> $3) limit $5)
