select version, conditions, negatives, published_on from assemblies_checklists where tenant = $1 and version = $2
