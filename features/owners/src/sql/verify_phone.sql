update owners_phones set verified_at = $2 where phone_hash = $1
