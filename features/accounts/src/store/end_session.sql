delete from accounts_sessions where digest = $1 and person = $2
