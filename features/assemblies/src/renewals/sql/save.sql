update assemblies_renewals set stage = $4, consents = $5, days = $6, reason = $7, version = version + 1 where tenant = $1 and id = $2 and version = $3
