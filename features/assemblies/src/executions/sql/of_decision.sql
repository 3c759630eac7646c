select n, what, due_on, done_on, words, version from assemblies_executions where tenant = $1 and decision = $2 order by n
