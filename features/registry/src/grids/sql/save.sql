update registry_grids set code = $4, name = $5, covers = $6, ended_on = $7, version = version + 1 where tenant = $1 and id = $2 and version = $3
