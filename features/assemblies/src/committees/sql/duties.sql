select key, done_on, words, grade from assemblies_duties where tenant = $1 and committee = $2 order by key
