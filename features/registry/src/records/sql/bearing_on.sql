select tenant, id, city, subdistrict, neighborhood, community, enterprise, kind, class, status, title, happened_on, ends_on, part, whole, evidence, void_reason, version from registry_records
where tenant = $1 and community = $2 and void_reason is null
union all
select tenant, id, city, subdistrict, neighborhood, community, enterprise, kind, class, status, title, happened_on, ends_on, part, whole, evidence, void_reason, version from registry_records
where subdistrict = $3 and community < 1 and tenant = $1 and void_reason is null
union all
select tenant, id, city, subdistrict, neighborhood, community, enterprise, kind, class, status, title, happened_on, ends_on, part, whole, evidence, void_reason, version from registry_records
where enterprise = $4 and enterprise <> 0 and community <> $2 and kind in ('penalty', 'credit') and void_reason is null
order by happened_on desc, id desc
