delete from accounts_factors where person = $1
