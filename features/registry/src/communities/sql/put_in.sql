update registry_communities set subdistrict = $4, neighborhood = $5, version = version + 1 where tenant = $1 and id = $2 and version = $3
