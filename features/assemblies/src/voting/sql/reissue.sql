update assemblies_letters set serial = serial + 1, digest = $4, delivered_at = null, delivered_by = null, how = '' where tenant = $1 and decision = $2 and unit = $3
