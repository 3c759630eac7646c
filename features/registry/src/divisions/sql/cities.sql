select id, code, name, kind, parent, city, tenant, version from registry_divisions where kind = 'city' order by code
