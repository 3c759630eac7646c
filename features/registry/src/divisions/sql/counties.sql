select tenant, name from registry_divisions where kind = 'county' order by code
