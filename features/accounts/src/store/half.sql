select person from accounts_halves where digest = $1 and $2 < ends_at
