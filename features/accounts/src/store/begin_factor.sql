insert into accounts_factors (person, secret, last_step) values ($1, $2, 0) on conflict (person) do update set secret = excluded.secret where accounts_factors.confirmed_at is null
