select id, call, person, sealed, offered_at, outcome, reason, candidate, version from assemblies_offers where tenant = $1 and call = $2 order by person limit 1000
