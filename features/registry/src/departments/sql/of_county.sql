select id, tenant, city, name, ended_on, version from registry_departments where tenant = $1 order by name
