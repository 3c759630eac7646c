insert into tickets_agenda (tenant, id, ticket, meeting, put_at, first_put_at) values ($1, $2, $3, $4, $5, $5)
on conflict (tenant, ticket, meeting) do update set outcome = null, words = '', decided_at = null, put_at = excluded.put_at, version = tickets_agenda.version + 1
where tickets_agenda.outcome is not null
