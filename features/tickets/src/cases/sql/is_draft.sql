select draft from tickets_tickets where tenant = $1 and id = $2
