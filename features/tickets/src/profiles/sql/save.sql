insert into tickets_profiles (tenant, name, pinned, document, confirmed_on, version) values ($1, $2, $3, $4, $5, 1)
on conflict (tenant) do update set name = excluded.name, pinned = excluded.pinned, document = excluded.document, confirmed_on = excluded.confirmed_on, version = tickets_profiles.version + 1
