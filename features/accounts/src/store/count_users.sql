select count(*) as n from accounts_users
