select body, opinion, words, person, at from assemblies_reviews where tenant = $1 and decision = $2 order by body
