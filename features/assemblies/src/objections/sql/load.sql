select id, subject, body, contact, filed_at, outcome, answer, person, version from assemblies_objections where tenant = $1 and id = $2
