insert into tickets_joint (tenant, ticket, n, kind, unit, named, task, due_on, outcome, words, closed_by, version) values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', '', '', 1)
