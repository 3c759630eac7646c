select id from registry_moves where tenant = $1 and community = $2 and done_at is null
