select id, sign_in_name, name, password_hash, disabled_at, version from accounts_users where sign_in_name > $1 order by sign_in_name limit $2
