update tickets_warnings set reaction = $4, reacted_at = $5, reacted_by = $6, version = version + 1 where tenant = $1 and id = $2 and version = $3
