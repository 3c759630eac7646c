update accounts_users set disabled_at = $2, version = version + 1 where id = $1 and disabled_at is null
