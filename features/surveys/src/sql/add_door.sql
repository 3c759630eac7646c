insert into surveys_doors (tenant, survey, door) values ($1, $2, $3) on conflict do nothing
