select id, decision, unit, kind, person, name, items, document, until, ended_at, reason, version from assemblies_mandates where tenant = $1 and decision = $2 order by id
