update campaigns_applications set submitted_at = $3 where tenant = $1 and id = $2
