select id, community, unit, person, bound_at, ended_at, reason, device, version from owners_homes where community = $1 and ended_at is null order by unit, id limit $2
