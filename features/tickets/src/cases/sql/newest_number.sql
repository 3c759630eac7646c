select coalesce(max(number), 0) as number from tickets_tickets where tenant = $1
