update jobs_messages set state = 'delivered', due_at = null, said = $2, finished_at = created_at where kind = $1 and state = 'queued'
