update registry_enterprises set uscc = $3, name = $4, note = $5, version = version + 1 where id = $1 and version = $2
