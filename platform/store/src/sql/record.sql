insert into store_audit (tenant, id, at, person, grant_id, role, permission, event, subject, body)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
