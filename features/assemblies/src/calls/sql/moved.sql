update assemblies_calls set subdistrict = $3, neighborhood = $4
where tenant = $1 and id in (select id from assemblies_calls where community = $2 and (neighborhood <> $4 or subdistrict <> $3) limit $5)
