select id, code, name, kind, parent, city, tenant, version from registry_divisions order by code
