select phone from owners_phones where person = $1
