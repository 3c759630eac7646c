select id, decision, unit, kind, person, name, items, document, until, ended_at, reason, version from assemblies_mandates where tenant = $1 and decision = $2 and unit = $3 and ended_at is null
