select person, verified_at from owners_phones where phone_hash = $1
