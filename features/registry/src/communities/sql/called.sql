select id from registry_communities where tenant = $1 and name = $2
union
select id from registry_communities where tenant = $1 and number = $3
limit 2
