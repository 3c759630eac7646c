update jobs_messages set state = $4, due_at = null, said = $5, finished_at = $6 where tenant = $1 and id = $2 and due_at = $3
