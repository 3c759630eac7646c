update tickets_tickets set urged = urged + 1 where tenant = $1 and id = $2
