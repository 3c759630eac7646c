select count(*) as n from accounts_grants where role = $1
