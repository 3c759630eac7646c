update registry_communities set enterprise = $3 where tenant = $1 and id = $2
