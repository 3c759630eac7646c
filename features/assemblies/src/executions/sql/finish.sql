update assemblies_executions set done_on = $5, words = $6, version = version + 1 where tenant = $1 and decision = $2 and n = $3 and version = $4
