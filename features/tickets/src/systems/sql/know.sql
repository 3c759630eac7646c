insert into tickets_outside (tenant, system, outside, ticket) values ($1, $2, $3, $4)
