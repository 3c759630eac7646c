update assemblies_decisions set signed = $3 where tenant = $1 and id = $2
