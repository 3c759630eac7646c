insert into tickets_mine (tenant, person, ticket, code, at) values ($1, $2, $3, $4, $5)
on conflict (tenant, person, ticket) do update set code = excluded.code
