update campaigns_publications set void_reason = $4, version = version + 1 where tenant = $1 and id = $2 and version = $3
