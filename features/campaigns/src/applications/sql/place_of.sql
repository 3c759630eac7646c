select city, tenant, subdistrict, neighborhood, community, enterprise from campaigns_applications where tenant = $1 and id = $2
