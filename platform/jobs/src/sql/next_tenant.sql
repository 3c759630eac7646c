select min(tenant) as tenant from jobs_messages where tenant > $1 and due_at is not null
