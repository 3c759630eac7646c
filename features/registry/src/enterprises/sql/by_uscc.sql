select id, name, city from registry_enterprises where uscc = $1
