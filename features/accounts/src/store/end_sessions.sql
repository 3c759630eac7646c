delete from accounts_sessions where person = $1
