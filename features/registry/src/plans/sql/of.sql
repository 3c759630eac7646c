select id, latitude, longitude, picture, width, height, spots, version from registry_plans where tenant = $1 and community = $2
