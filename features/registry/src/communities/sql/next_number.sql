select coalesce(max(number), 0) + 1 as n from registry_communities where tenant = $1
