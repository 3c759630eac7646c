update campaigns_appeals
set outcome = $4, answer = $5, answered_at = $6, answered_by = $7, version = version + 1
where tenant = $1 and id = $2 and version = $3
