select tenant, id, kind, destination, subject, body, state, tries, due_at, said, created_at from jobs_messages
where tenant = $1 and subject = $2
order by id
