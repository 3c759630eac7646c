select id, unit, what, note, person, at from assemblies_visits where tenant = $1 and decision = $2 and unit = $3 order by id desc limit 100
