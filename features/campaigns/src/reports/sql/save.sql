update campaigns_reports set sections = $4, submitted_at = $5, handed_at = $6, version = version + 1
where tenant = $1 and id = $2 and version = $3
