update messages_messages set read_at = told_at, reader = 0 where read_at is null and told_at < $1
