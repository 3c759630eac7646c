select id from tickets_tickets where tenant = $1 and wakes_at <= $2 order by wakes_at limit $3
