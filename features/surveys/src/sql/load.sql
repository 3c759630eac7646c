select tenant, id, city, subdistrict, neighborhood, community, enterprise, title, households, opens_on, closes_on, stage, reason, entered, version from surveys_surveys where tenant = $1 and id = $2
