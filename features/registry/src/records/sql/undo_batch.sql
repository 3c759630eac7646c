delete from registry_records where tenant = $1 and batch = $2
