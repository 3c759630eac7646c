select tenant, id as community, city, subdistrict, neighborhood, enterprise, number, name, address from registry_communities
where (tenant, id) > ($1, $2)
order by tenant, id
limit $3
