select ticket, version from tickets_batch_items where batch = $1 order by ticket
