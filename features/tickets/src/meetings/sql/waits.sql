select 1 as one from tickets_agenda where tenant = $1 and ticket = $2 and outcome is null limit 1
