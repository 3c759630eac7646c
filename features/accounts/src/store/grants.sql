select id, person, role, scope_kind, scope_number, label, valid_from, valid_until from accounts_grants where person = $1 and ended_at is null order by id
