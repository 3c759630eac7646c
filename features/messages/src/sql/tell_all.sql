insert into messages_messages (tenant, subject, mark, role, scope_kind, scope_number, title, href, told_at)
values ($1, $2, $3, $7, $8, $9, $4, $5, $6)
    /*[second] , ($1, $2, $3, $10, $11, $12, $4, $5, $6)*/
    /*[third] , ($1, $2, $3, $13, $14, $15, $4, $5, $6)*/
    /*[fourth] , ($1, $2, $3, $16, $17, $18, $4, $5, $6)*/
    /*[fifth] , ($1, $2, $3, $19, $20, $21, $4, $5, $6)*/
    /*[sixth] , ($1, $2, $3, $22, $23, $24, $4, $5, $6)*/
on conflict (tenant, subject, mark, role, scope_kind, scope_number) do nothing
