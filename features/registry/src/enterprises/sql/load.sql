select id, uscc, name, city, home_tenant, note, version from registry_enterprises where id = $1
