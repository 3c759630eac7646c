select month from tickets_settled where tenant = $1 order by month limit 1200
