delete from campaigns_applications where tenant = $1 and id = $2 and version = $3 and stage = 'draft' and submitted_at is null
