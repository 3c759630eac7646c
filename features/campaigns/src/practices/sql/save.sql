update campaigns_practices
set title = $4, body = $5, stage = $6, reason = $7, published_at = $8, version = version + 1
where tenant = $1 and id = $2 and version = $3
