insert into messages_messages (tenant, subject, mark, role, scope_kind, scope_number, title, href, told_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (tenant, subject, mark, role, scope_kind, scope_number) do nothing
