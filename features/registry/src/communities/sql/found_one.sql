select c.id, c.name, t.name as county, t.name || ' ' || s.name || ' ' || n.name as place
from registry_communities c
join registry_divisions n on n.id = c.neighborhood
join registry_divisions s on s.id = c.subdistrict
join registry_divisions t on t.id = s.parent
where c.tenant = $1 and c.id = $2
