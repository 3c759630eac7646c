select hash from assemblies_log where tenant = $1 and decision = $2 and n >= $3 and n < $4 order by n
