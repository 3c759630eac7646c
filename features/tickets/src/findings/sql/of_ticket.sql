select record from tickets_findings where tenant = $1 and ticket = $2
