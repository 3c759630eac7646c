select s.digest, s.person, s.grant_id, s.device, s.started_at, s.seen_at, s.ends_at, s.shown_at, u.name,
    g.id, g.role, g.scope_kind, g.scope_number, g.label, g.valid_from, g.valid_until
from accounts_sessions s
join accounts_users u on u.id = s.person
join accounts_grants g on g.person = s.person and g.ended_at is null
where s.digest = $1 and u.disabled_at is null
order by g.id
