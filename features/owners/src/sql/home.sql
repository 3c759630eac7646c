select id, community, unit, person, bound_at, ended_at, reason, device, version from owners_homes where tenant = $1 and id = $2
