select id, name from registry_enterprises where uscc = $1
