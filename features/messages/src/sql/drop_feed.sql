delete from messages_feeds where person = $1 and post = $2
