select phone, masked from messages_phones where person = $1
