update tickets_joint set outcome = $5, words = $6, closed_at = $7, closed_by = $8, version = version + 1 where tenant = $1 and ticket = $2 and n = $3 and version = $4
