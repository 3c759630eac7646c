insert into jobs_messages (tenant, id, kind, destination, subject, body, state, tries, due_at, said, created_at)
values ($1, $2, $3, $4, $5, $6, 'queued', 0, $7, '', $7)
