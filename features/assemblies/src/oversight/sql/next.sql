select coalesce(max(n), 0) + 1 as n from assemblies_oversight where tenant = $1 and committee = $2
