insert into store_tries (bucket, at, id) values ($1, $2, $3)
