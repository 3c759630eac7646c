insert into assemblies_duties (tenant, committee, key, done_on, words, person, at, grade)
values ($1, $2, $3, $4, $5, $6, $7, $8)
