delete from jobs_messages where finished_at is not null and finished_at < $1
