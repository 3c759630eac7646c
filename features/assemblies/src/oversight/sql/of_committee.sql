select committee, n, kind, class, name, words, document, begun_on, due_on, closed_on, result, version from assemblies_oversight where tenant = $1 and committee = $2 order by n desc limit 200
