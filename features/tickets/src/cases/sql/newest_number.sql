select number from tickets_tickets where tenant = $1 order by number desc limit 1
