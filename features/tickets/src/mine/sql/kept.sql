select ticket from tickets_mine where tenant = $1 and person = $2 and ticket = $3
