select id from registry_communities where tenant = $1 and neighborhood = $2 and name = $3
