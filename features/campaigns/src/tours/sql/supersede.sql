update campaigns_edits set state = 'settled' where tenant = $1 and sheet = $2 and device = $3 and item = $4 and n < $5 and state = 'disputed'
