update accounts_sessions set shown_at = $2 where digest = $1
