delete from registry_enterprises
where batch = $1 and not exists (select 1 from registry_communities c where c.enterprise = registry_enterprises.id)
returning id
