select filed_on as first from tickets_tickets where tenant = $1 order by filed_on limit 1
