insert into accounts_halves (digest, person, ends_at) values ($1, $2, $3)
