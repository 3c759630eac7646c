select min(tenant) as tenant from store_seals where tenant > $1
