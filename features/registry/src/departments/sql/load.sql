select id, tenant, city, name, ended_on, version from registry_departments where id = $1
