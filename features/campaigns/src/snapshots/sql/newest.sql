select application, version, facts_on, facts, reason, person, at from campaigns_snapshots where tenant = $1 and application = $2 order by version desc limit 1
