update assemblies_spot_check_calls set state = $4, note = $5, said_at = $6, said_by = $7 where tenant = $1 and spot_check = $2 and place = $3
