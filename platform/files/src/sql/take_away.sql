update files_attachments set taken_by = $4, taken_at = $5 where tenant = $1 and id = $2 and subject = $3 and taken_at is null
