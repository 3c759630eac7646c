insert into store_heads (tenant, seq, hash, at, signature) values ($1, $2, $3, $4, $5)
