update tickets_templates set ended_at = $4, version = version + 1 where tenant = $1 and id = $2 and version = $3 and ended_at is null
