select id, code, name, kind, parent, city, tenant, valid_to, version from registry_divisions where city = $1 and kind = $2 order by code
