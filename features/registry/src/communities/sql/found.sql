select c.id, c.name, t.name as county, t.name || ' ' || s.name || ' ' || n.name as place
from words($1) w
cross join registry_communities c
join registry_divisions n on n.id = c.neighborhood
join registry_divisions s on s.id = c.subdistrict
join registry_divisions t on t.id = s.parent
where c.tenant = w.tenant and c.id = w.id
order by c.name, c.id
limit 20
