insert into registry_departments (id, tenant, city, name, ended_on, version) values ($1, $2, $3, $4, null, 1)
