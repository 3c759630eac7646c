select url from store_keys where person = $1 and key = $2
