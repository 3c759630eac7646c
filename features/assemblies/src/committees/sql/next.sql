select coalesce(max(n), 0) + 1 as n from assemblies_committees where tenant = $1 and community = $2
