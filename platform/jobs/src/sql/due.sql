select tenant, id, kind, destination, subject, body, state, tries, due_at, said, created_at from jobs_messages
where tenant = $1 and due_at is not null and due_at <= $2
order by due_at
limit $3
