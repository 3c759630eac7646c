update campaigns_choices set confirmed_by = $4, confirmed_at = $5, version = version + 1
where tenant = $1 and id = $2 and version = $3
