update tickets_templates set category = $4, title = $5, words = $6, version = version + 1 where tenant = $1 and id = $2 and version = $3 and ended_at is null
