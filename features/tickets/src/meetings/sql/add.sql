insert into tickets_agenda (tenant, id, ticket, meeting, put_at) values ($1, $2, $3, $4, $5) on conflict (tenant, ticket, meeting) do nothing
