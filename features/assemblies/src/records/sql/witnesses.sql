select name, key from assemblies_witnesses where tenant = $1 and decision = $2 order by name
