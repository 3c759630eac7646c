select min(tenant) as tenant from store_audit where tenant > $1
