select 1 as one from tickets_tickets where tenant = $1 and id = $2 and reporter is not null
