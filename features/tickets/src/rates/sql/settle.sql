insert into tickets_settled (tenant, month, at) values ($1, $2, $3)
