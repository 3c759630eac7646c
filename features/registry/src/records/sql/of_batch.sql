select community, enterprise from registry_records where tenant = $1 and batch = $2 order by happened_on, id
