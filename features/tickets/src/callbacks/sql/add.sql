insert into tickets_callbacks (id, system, url, is_inside, stage, proposed_by, proposed_at, version) values ($1, $2, $3, $4, 'proposed', $5, $6, 1)
