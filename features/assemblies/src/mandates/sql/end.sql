update assemblies_mandates set ended_at = $4, reason = $5, version = version + 1 where tenant = $1 and id = $2 and version = $3 and ended_at is null
