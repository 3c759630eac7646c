select n, body, posted_on, posted_at, days, next_step, reason from assemblies_results where tenant = $1 and decision = $2 order by n desc
