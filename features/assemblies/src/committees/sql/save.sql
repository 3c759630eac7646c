update assemblies_committees set members = $4, sitting = $5, ended = $6, ended_on = $7, reason = $8, version = version + 1 where tenant = $1 and id = $2 and version = $3
