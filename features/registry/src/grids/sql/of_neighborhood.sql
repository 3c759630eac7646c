select tenant, id, neighborhood, code, name, covers, ended_on, version from registry_grids where neighborhood = $1 order by code
