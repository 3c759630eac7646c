select tenant, stamp from registry_stamps where city = $1 order by tenant
