select id from tickets_tickets where tenant = $1 and merged_into = $2 order by id
