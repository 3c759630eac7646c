delete from accounts_halves where digest = $1 or ends_at < $2
