delete from store_tries where bucket = $1
