select count(*) as n from store_tries where bucket = $1 and at > $2
