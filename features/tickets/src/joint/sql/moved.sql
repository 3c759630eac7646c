update tickets_joint set unit = case when kind = 'neighborhood' then $4 else $3 end, version = version + 1
where tenant = $1 and outcome = 'open' and ticket in (
    select j.ticket from tickets_tickets t join tickets_joint j on j.tenant = t.tenant and j.ticket = t.id
    where t.community = $2 and j.outcome = 'open'
        and ((j.kind = 'neighborhood' and j.unit = $7 and $7 <> $4) or (j.kind = 'subdistrict' and j.unit = $6 and $6 <> $3))
    limit $5)
    and ((kind = 'neighborhood' and unit = $7 and $7 <> $4) or (kind = 'subdistrict' and unit = $6 and $6 <> $3))
