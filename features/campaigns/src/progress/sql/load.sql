select id, campaign, seen_on, figures, verdict, found, advice, person, answer, version from campaigns_progress where tenant = $1 and id = $2
