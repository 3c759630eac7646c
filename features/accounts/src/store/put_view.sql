insert into accounts_views (person, id, page, name, query) values ($1, $2, $3, $4, $5)
on conflict (person, page, name) do update set query = excluded.query
