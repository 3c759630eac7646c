select id, community, unit, person, bound_at, ended_at, reason, device, version from owners_homes where community = $1 and unit = $2 and person <> $3 and ended_at is null order by id limit 20
