update accounts_factors set last_step = $2 where person = $1 and last_step < $2 and confirmed_at is not null
