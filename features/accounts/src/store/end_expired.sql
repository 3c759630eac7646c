update accounts_grants set ended_at = $3 where person = $1 and ended_at is null and valid_until < $2
