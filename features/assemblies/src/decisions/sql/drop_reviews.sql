delete from assemblies_reviews where tenant = $1 and decision = $2
