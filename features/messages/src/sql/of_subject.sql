select tenant, subject, mark, role, scope_kind, scope_number, title, href, told_at, read_at, reader
from messages_messages
where tenant = $1 and subject = $2
order by told_at, mark, role, scope_kind, scope_number
limit 200
