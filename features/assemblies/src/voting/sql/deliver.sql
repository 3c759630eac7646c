update assemblies_letters set delivered_at = $4, delivered_by = $5, how = $6 where tenant = $1 and decision = $2 and unit = $3
