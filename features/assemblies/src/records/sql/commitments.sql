select n, body from assemblies_log where tenant = $1 and decision = $2 and kind = 'ballot' order by n
