insert into assemblies_spot_check_calls (tenant, spot_check, place, ballot, unit, state, note) values ($1, $2, $3, $4, $5, $6, $7)
