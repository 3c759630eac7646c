select tenant, id, city, subdistrict, neighborhood, community, enterprise, campaign, channel, stage, answers, reason, paper_on, version from campaigns_applications where tenant = $1 and id = $2
