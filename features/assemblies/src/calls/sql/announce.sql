update assemblies_calls set announced_on = $4, announced_until = $5, announced = $6, version = version + 1 where tenant = $1 and id = $2 and version = $3
