insert into assemblies_oversight (tenant, committee, n, kind, class, name, words, document, begun_on, due_on, result, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', 1)
