select id, community, from_subdistrict, from_neighborhood, subdistrict, neighborhood, document from registry_moves where done_at is null order by tenant, id limit 20
