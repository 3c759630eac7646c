update owners_letters set void_reason = $3, version = version + 1 where tenant = $1 and id = (select letter from owners_homes where tenant = $1 and id = $2)
