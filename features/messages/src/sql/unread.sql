select count(*) as n
from (
    select 1 as one
    from messages_messages
    where scope_kind = $1 and scope_number = $2 and role = $3 and read_at is null
    limit 100
) as waiting
