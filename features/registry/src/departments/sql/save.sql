update registry_departments set name = $3, ended_on = $4, version = version + 1 where id = $1 and version = $2
