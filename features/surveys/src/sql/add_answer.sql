insert into surveys_answers (tenant, survey, mark, overall, parts, words) values ($1, $2, $3, $4, $5, $6)
