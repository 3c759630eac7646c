delete from accounts_attempts where bucket = $1
