select id, name, phone, sent_at, receipt, receipt_at, said
from messages_texts
where tenant = $1 and subject = $2
order by id desc
limit 100
