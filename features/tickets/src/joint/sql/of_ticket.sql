select ticket, n, kind, unit, named, task, due_on, outcome, words, closed_at, closed_by, version from tickets_joint where tenant = $1 and ticket = $2 order by n
