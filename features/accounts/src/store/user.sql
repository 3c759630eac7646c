select id, sign_in_name, name, password_hash, disabled_at, version from accounts_users where id = $1
