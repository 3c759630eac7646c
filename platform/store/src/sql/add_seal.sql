insert into store_seals (tenant, seq, audit, hash) values ($1, $2, $3, $4)
