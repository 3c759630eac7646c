select body, outcome, reason, document from assemblies_opinions where tenant = $1 and candidate = $2 order by body
