select secret, confirmed_at, last_step from accounts_factors where person = $1
