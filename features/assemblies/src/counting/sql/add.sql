insert into assemblies_results (tenant, decision, n, body, posted_on, posted_at, days, next_step, reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
