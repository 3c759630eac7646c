insert into tickets_steps (tenant, ticket, n, at, step, by, words, open) select $1, $2, coalesce(max(n), 0) + 1, $3, $4, $5, $6, $7 from tickets_steps where tenant = $1 and ticket = $2
