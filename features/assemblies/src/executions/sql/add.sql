insert into assemblies_executions (tenant, decision, n, what, due_on, done_on, words, version) values ($1, $2, $3, $4, $5, null, '', 1)
