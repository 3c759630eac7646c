update assemblies_candidates set stage = $4, concluded_on = $5, version = version + 1 where tenant = $1 and id = $2 and version = $3
