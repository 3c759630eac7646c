select body from assemblies_log where tenant = $1 and decision = $2 and n = $3 and kind = 'ballot'
