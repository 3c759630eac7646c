select subject, min(filed_at) as oldest from assemblies_objections where tenant = $1 and outcome = 'open' group by subject order by min(filed_at) limit 100
