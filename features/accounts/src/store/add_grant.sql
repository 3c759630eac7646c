insert into accounts_grants (id, person, role, scope_kind, scope_number, label, valid_from, valid_until) values ($1, $2, $3, $4, $5, $6, $7, $8)
