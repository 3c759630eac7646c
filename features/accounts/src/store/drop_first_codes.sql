delete from accounts_codes where purpose = $1
