select purpose, person from accounts_codes where digest = $1 and ends_at > $2
