select coalesce(max(n), 0) + 1 as n from assemblies_sessions where tenant = $1 and committee = $2
