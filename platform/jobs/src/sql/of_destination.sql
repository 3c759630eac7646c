select tenant, id, kind, destination, subject, body, state, tries, due_at, said, created_at from jobs_messages
where destination = $1
order by created_at desc, id desc
limit $2
