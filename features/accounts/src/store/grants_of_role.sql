select id, person, role, scope_kind, scope_number, label, valid_from, valid_until
from accounts_grants
where role = $1 and scope_kind = $2 and scope_number = $3 and ended_at is null
order by id
limit 500
