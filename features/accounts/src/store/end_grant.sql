update accounts_grants set ended_at = $3 where id = $1 and person = $2 and ended_at is null
