delete from accounts_codes where purpose = 'choose_password' and person = $1
