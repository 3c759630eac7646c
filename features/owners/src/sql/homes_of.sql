select id, community, unit, person, bound_at, ended_at, reason, device, version from owners_homes where person = $1 and ended_at is null order by id
