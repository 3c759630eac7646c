update registry_communities
set name = $4, kind = $5, address = $6, built_year = $7, floor_area = $8, buildings = $9, entrances = $10, households = $11,
    service_mode = $12, note = $13, version = version + 1
where tenant = $1 and id = $2 and version = $3
