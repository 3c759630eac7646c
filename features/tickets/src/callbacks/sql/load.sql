select id, system, url, is_inside, stage, proposed_by, proposed_at, listed_by, listed_at, version from tickets_callbacks where id = $1
