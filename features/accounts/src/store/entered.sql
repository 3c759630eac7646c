select s.digest, s.person, s.grant_id, s.device, s.started_at, s.seen_at, s.ends_at, s.shown_at, u.name
from accounts_sessions s
join accounts_users u on u.id = s.person
where s.digest = $1 and u.disabled_at is null
