select n, kind, hash, body, at from assemblies_log where tenant = $1 and decision = $2 and kind = $3 order by n
