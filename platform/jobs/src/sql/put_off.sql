update jobs_messages set due_at = $4, said = $5 where tenant = $1 and id = $2 and due_at = $3
