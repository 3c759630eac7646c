update registry_divisions set valid_to = $3, version = version + 1 where id = $1 and version = $2 and valid_to is null
