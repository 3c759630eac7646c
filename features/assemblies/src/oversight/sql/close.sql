update assemblies_oversight set closed_on = $5, result = $6, version = version + 1 where tenant = $1 and committee = $2 and n = $3 and version = $4
