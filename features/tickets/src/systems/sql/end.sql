update tickets_systems set ended_at = $3, version = version + 1 where id = $1 and version = $2
