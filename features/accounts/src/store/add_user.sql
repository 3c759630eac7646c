insert into accounts_users (id, sign_in_name, name, password_hash, created_at, version) values ($1, $2, $3, $4, $5, 1)
