insert into tickets_batches (id, person, verb, words, done_at) values ($1, $2, $3, $4, $5)
