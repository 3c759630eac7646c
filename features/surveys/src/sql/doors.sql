select count(*) as n from surveys_doors where tenant = $1 and survey = $2
