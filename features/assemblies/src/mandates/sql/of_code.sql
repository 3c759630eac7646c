select id, decision, unit, kind, person, name, items, document, until, ended_at, reason, version from assemblies_mandates where digest = $1 and ended_at is null
