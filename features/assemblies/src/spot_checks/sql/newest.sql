select id, decision, version, seed, share, made_at from assemblies_spot_checks where tenant = $1 and decision = $2 order by version desc limit 1
