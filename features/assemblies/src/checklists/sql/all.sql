select version, conditions, negatives, published_on from assemblies_checklists where tenant = $1 order by version desc limit 50
