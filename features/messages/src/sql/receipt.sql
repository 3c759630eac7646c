update messages_texts set receipt = $3, receipt_at = $4, said = $5
where tenant = $1 and id = $2 and (receipt is null or receipt = 'failed')
