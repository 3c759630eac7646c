select id from tickets_tickets where tenant = $1 and stage = $2 and filed_on >= $3 and filed_on < $4 limit 1
