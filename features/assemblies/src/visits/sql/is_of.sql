select id from assemblies_visits where tenant = $1 and id = $2 and decision = $3
