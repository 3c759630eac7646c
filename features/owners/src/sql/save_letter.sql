update owners_letters set handed_on = $4, used_at = $5, void_reason = $6, version = version + 1 where tenant = $1 and id = $2 and version = $3
