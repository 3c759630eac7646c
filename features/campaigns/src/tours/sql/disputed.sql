select device, n, item, seen, given, state from campaigns_edits where tenant = $1 and sheet = $2 and state = 'disputed' order by item, device, n limit 200
