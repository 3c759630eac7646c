update campaigns_progress set answer = $4, answered_at = $5, version = version + 1 where tenant = $1 and id = $2 and version = $3
