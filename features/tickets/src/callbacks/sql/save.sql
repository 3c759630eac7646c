update tickets_callbacks set stage = $3, listed_by = coalesce($4, listed_by), listed_at = coalesce($5, listed_at), version = version + 1 where id = $1 and version = $2
