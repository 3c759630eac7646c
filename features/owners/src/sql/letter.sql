select id, tenant, city, subdistrict, neighborhood, community, enterprise, unit, printed_at, ends_at, handed_on, used_at, void_reason, version from owners_letters where tenant = $1 and id = $2
