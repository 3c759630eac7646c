delete from messages_phones where person = $1
