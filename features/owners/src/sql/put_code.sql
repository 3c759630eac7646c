insert into owners_codes (phone_hash, digest, ends_at) values ($1, $2, $3)
on conflict (phone_hash) do update set digest = excluded.digest, ends_at = excluded.ends_at
