select id, code, name, kind, parent, city, tenant, valid_to, version from registry_divisions where kind = 'city' order by code
