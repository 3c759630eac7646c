update registry_divisions set code = $3, name = $4, version = version + 1 where id = $1 and version = $2
