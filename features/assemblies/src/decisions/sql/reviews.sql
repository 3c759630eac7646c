select body, opinion, words, document, person, at from assemblies_reviews where tenant = $1 and decision = $2 order by body
