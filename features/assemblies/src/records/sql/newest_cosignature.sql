select size, name, line, at from assemblies_cosignatures where tenant = $1 and decision = $2 and name = $3 order by size desc limit 1
