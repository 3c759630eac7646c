update tickets_whistles set responder = case when responder_kind = 'neighborhood' then $4 else $3 end
where tenant = $1 and id in (
    select w.id from tickets_tickets t join tickets_whistles w on w.tenant = t.tenant and w.ticket = t.id
    where t.community = $2 and w.reported_at is null
        and ((w.responder_kind = 'neighborhood' and w.responder = $7 and $7 <> $4) or (w.responder_kind = 'subdistrict' and w.responder = $6 and $6 <> $3))
    limit $5)
