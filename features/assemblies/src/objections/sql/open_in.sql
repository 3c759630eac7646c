select subject, filed_at from assemblies_objections where tenant = $1 and outcome = 'open' order by filed_at limit 200
