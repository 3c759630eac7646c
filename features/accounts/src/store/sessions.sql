select digest, person, grant_id, device, started_at, seen_at, ends_at, shown_at from accounts_sessions where person = $1 and ends_at > $2 order by started_at desc limit 50
