delete from store_keys where at < $1
