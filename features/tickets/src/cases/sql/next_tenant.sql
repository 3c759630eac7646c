select min(tenant) as tenant from tickets_tickets where tenant > $1
