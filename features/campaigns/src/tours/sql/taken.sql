select coalesce(max(n), 0) as n from campaigns_edits where tenant = $1 and sheet = $2 and device = $3 and state <> 'waiting'
