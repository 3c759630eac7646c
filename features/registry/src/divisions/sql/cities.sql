select id, code, name, kind, parent, city, tenant from registry_divisions where kind = 'city' order by code
