delete from owners_codes where phone_hash = $1
