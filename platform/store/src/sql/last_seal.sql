select seq, hash, audit from store_seals where tenant = $1 order by seq desc limit 1
