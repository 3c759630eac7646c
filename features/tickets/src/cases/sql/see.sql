update tickets_told set seen_at = $5 where tenant = $1 and ticket = $2 and body_kind = $3 and body = $4 and seen_at is null
