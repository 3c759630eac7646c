update accounts_sessions set seen_at = $2 where digest = $1
