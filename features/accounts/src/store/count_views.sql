select count(*) as n from accounts_views where person = $1
