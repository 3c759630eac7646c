select tenant, id, digest from files_attachments where (tenant, id) > ($1, $2) and taken_at is null order by tenant, id limit 500
