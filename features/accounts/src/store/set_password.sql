update accounts_users set password_hash = $2, version = version + 1 where id = $1
