delete from assemblies_witnesses where tenant = $1 and decision = $2 and name = $3
