select distinct tenant from store_audit order by tenant
