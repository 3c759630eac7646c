update campaigns_sheets set stage = $4, marks = $5, locked_at = $6, void_reason = $7, version = version + 1
where tenant = $1 and id = $2 and version = $3
