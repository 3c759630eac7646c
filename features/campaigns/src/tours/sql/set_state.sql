update campaigns_edits set state = $5 where tenant = $1 and sheet = $2 and device = $3 and n = $4
