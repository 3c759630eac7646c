insert into messages_texts (tenant, id, subject, name, phone, sent_at, said) values ($1, $2, $3, $4, $5, $6, '')
