select id, name from registry_grids where tenant = $1 and code = $2
