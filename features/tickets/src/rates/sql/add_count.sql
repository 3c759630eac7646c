insert into tickets_settled_counts (tenant, part, month, body, category, flags, n) values ($1, $2, $3, $4, $5, $6, $7)
