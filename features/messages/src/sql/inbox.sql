select tenant, subject, mark, role, scope_kind, scope_number, title, href, told_at, read_at, reader
from messages_messages
where scope_kind = $1 and scope_number = $2 and role = $3 /*[after] and (told_at, subject) < ($4, $5)*/
order by told_at desc, subject desc
limit $6
