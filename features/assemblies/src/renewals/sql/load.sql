select tenant, id, city, subdistrict, neighborhood, community, enterprise, title, proposed_on, stage, consents, days, reason, version from assemblies_renewals where tenant = $1 and id = $2
