select id, ticket, meeting, put_at, outcome, words, decided_at, version from tickets_agenda where tenant = $1 and ticket = $2 order by id
