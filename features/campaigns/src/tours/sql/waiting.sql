select device, n, item, seen, given, state from campaigns_edits where tenant = $1 and sheet = $2 and device = $3 and state = 'waiting' order by n limit 500
