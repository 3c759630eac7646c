delete from campaigns_choices where tenant = $1 and id = $2 and version = $3 and confirmed_by is null
