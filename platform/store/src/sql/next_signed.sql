select min(tenant) as tenant from store_heads where tenant > $1
