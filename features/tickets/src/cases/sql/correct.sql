update tickets_tickets set category = $3, kind = $4, urgency = $5, dispatch_by = $6, contact_by = $7 where tenant = $1 and id = $2
