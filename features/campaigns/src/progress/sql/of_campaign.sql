select id, campaign, seen_on, figures, verdict, found, advice, person, answer, version from campaigns_progress where campaign = $1 order by id desc
