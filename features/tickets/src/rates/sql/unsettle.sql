delete from tickets_settled where tenant = $1 and month = $2
