delete from registry_communities where tenant = $1 and batch = $2
returning id
