select digest, ends_at from owners_codes where phone_hash = $1
