update assemblies_offers set outcome = $4, reason = $5, candidate = $6, version = version + 1 where tenant = $1 and id = $2 and version = $3
