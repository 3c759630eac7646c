update assemblies_letters set contact = $4 where tenant = $1 and decision = $2 and unit = $3
