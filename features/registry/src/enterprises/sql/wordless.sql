select id, uscc, name from registry_enterprises where id > $1 order by id limit $2
