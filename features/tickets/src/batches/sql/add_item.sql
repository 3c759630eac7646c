insert into tickets_batch_items (batch, ticket, version) values ($1, $2, $3)
