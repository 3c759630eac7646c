update campaigns_campaigns set withdrawn_at = $2, withdrawn_reason = $3, version = version + 1 where id = $1 and withdrawn_at is null
