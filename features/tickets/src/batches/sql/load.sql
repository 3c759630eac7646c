select id, person, verb, words, done_at, undone_at from tickets_batches where id = $1
