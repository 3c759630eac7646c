delete from accounts_views where person = $1 and id = $2
