insert into accounts_attempts (bucket, at, id) values ($1, $2, $3)
