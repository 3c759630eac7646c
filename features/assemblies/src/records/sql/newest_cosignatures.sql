select size, name, line, at from assemblies_cosignatures where tenant = $1 and decision = $2 order by size desc, name limit 20
