insert into tickets_followers (tenant, id, ticket, code, at) values ($1, $2, $3, $4, $5)
