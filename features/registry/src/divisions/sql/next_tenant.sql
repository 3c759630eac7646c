select coalesce(max(tenant), 0) + 1 as tenant from registry_divisions
