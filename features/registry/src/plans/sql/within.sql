select community, latitude, longitude from registry_plans
where city = $1 and latitude between $2 and $3 and longitude between $4 and $5
order by latitude limit 500
