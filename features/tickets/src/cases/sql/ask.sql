update tickets_tickets set asked_at = $3 where tenant = $1 and id = $2
