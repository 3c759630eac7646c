update assemblies_letters set present_at = $4 where tenant = $1 and decision = $2 and unit = $3
