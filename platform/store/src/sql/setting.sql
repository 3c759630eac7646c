select value from store_settings where name = $1
