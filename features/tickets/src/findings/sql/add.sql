insert into tickets_findings (tenant, ticket, record) values ($1, $2, $3)
