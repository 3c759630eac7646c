update tickets_whistles set reported_at = $4, reported_v = $5, reported_by = $6, of_responder = $7, of_blower = $8, version = version + 1
where tenant = $1 and id = $2 and version = $3
