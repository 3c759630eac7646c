update tickets_agenda set outcome = $4, words = $5, decided_at = $6, version = version + 1 where tenant = $1 and id = $2 and version = $3
