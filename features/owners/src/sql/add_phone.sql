insert into owners_phones (phone_hash, person, phone) values ($1, $2, $3)
