select person, post from messages_feeds where digest = $1
