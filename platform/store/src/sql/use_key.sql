insert into store_keys (person, key, url, at) values ($1, $2, $3, $4)
