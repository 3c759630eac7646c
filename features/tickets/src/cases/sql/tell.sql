insert into tickets_told (tenant, ticket, body_kind, body, told_at) values ($1, $2, $3, $4, $5) on conflict (tenant, ticket, body_kind, body) do nothing
