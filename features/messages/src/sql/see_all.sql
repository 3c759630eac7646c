update messages_messages
set read_at = $4, reader = $5
where scope_kind = $1 and scope_number = $2 and role = $3 and read_at is null and told_at <= $6
