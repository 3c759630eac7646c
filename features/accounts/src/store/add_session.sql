insert into accounts_sessions (digest, person, grant_id, device, started_at, seen_at, ends_at, shown_at) values ($1, $2, $3, $4, $5, $6, $7, $5)
