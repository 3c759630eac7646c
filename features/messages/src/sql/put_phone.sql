insert into messages_phones (person, phone, masked, since) values ($1, $2, $3, $4)
on conflict (person) do update set phone = $2, masked = $3, since = $4
