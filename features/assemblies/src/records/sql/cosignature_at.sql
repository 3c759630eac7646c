select size, name, line, at from assemblies_cosignatures where tenant = $1 and decision = $2 and size = $3 and name = $4
