select tenant, subject, mark, role, scope_kind, scope_number, title, href, told_at, read_at, reader
from messages_messages
where tenant = $1 and subject = $2 and mark = $3 and role = $4 and scope_kind = $5 and scope_number = $6
