update registry_moves set done_at = $3 where tenant = $1 and id = $2 and done_at is null
