select id from registry_enterprises where city = $1 and name = $2
