insert into tickets_steps (tenant, ticket, n, at, step, by, words, open)
values ($1, $2, 1, $3, $4, $5, $6, $7) /*[second] , ($1, $2, 2, $3, $8, $9, $10, $11)*/
