select c.tenant, c.id, c.city, c.subdistrict, c.neighborhood, c.enterprise, c.number, c.name, c.kind, c.address, c.built_year, c.floor_area, c.buildings, c.entrances, c.households, c.service_mode, c.note, c.version,
       t.name as county_name, s.name as subdistrict_name, n.name as neighborhood_name, e.name as enterprise_name
from /*[named] words($6) w cross join*/ registry_communities c
join registry_divisions n on n.id = c.neighborhood
join registry_divisions s on s.id = c.subdistrict
join registry_divisions t on t.id = s.parent
left join registry_enterprises e on e.id = c.enterprise
where /*[city] c.city = $1*/ /*[county] c.tenant = $1*/ /*[subdistrict] c.subdistrict = $1*/ /*[neighborhood] c.neighborhood = $1*/ /*[community] c.tenant = cast($1 as bigint) >> 48 and c.id = $1*/ /*[enterprise] c.enterprise = $1*/
    /*[in_county] and c.tenant = $2*/ /*[in_subdistrict] and c.subdistrict = $3*/
    /*[kind] and c.kind = $4*/ /*[mode] and c.service_mode = $5*/ /*[named] and c.tenant = w.tenant and c.id = w.id*/
    /*[after_by_name] and (c.name, c.id) > ($7, $8)*/ /*[after_by_households] and (c.households, c.id) < ($9, $8)*/
/*[by_name] order by c.name, c.id*/ /*[by_households] order by c.households desc, c.id desc*/
limit $10
