select key, done_on, words from assemblies_duties where tenant = $1 and committee = $2 order by key
