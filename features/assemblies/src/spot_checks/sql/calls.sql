select place, ballot, unit, state, note, said_at, said_by from assemblies_spot_check_calls where tenant = $1 and spot_check = $2 order by place
