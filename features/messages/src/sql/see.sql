update messages_messages
set read_at = $6, reader = $7
where tenant = $1 and subject = $2 and role = $3 and scope_kind = $4 and scope_number = $5 and read_at is null
