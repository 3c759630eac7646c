select size, note, at from assemblies_checkpoints where tenant = $1 and decision = $2 and size = $3
