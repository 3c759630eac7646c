select ticket from tickets_outside where tenant = $1 and system = $2 and outside = $3
