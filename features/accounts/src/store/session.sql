select digest, person, grant_id, device, started_at, seen_at, ends_at, shown_at from accounts_sessions where digest = $1
