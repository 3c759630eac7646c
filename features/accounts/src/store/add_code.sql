insert into accounts_codes (digest, purpose, person, ends_at) values ($1, $2, $3, $4)
