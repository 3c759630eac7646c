select count(*) as n from accounts_attempts where bucket = $1 and at > $2
