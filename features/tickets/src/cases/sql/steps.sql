select n, at, step, by, words, open from tickets_steps where tenant = $1 and ticket = $2 order by n
