update registry_plans set latitude = $4, longitude = $5, picture = $6, width = $7, height = $8, spots = $9, version = version + 1
where tenant = $1 and id = $2 and version = $3
