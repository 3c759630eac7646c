select body_kind, body, told_at, seen_at from tickets_told where tenant = $1 and ticket = $2 order by body_kind, body
