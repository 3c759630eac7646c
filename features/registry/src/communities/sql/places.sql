select tenant, id, city, subdistrict, neighborhood, id as community, enterprise, number, name from registry_communities where tenant = $1
