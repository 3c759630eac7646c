delete from store_tries where at < $1
