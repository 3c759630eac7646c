select seq, hash, signature from store_heads where tenant = $1 order by seq desc limit 1
