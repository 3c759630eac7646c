select overall, parts, words from surveys_answers where tenant = $1 and survey = $2 order by mark
