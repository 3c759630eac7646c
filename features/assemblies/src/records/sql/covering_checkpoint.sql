select size, note, at from assemblies_checkpoints where tenant = $1 and decision = $2 and $3 < size order by size limit 1
