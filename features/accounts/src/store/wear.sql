update accounts_sessions set grant_id = $2 where digest = $1
