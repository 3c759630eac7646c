update tickets_tickets set draft = $3 where tenant = $1 and id = $2
