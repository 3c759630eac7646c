select id, number, unit, building, received_at, first_by, first, second_by, second, state, version from assemblies_sheets where tenant = $1 and decision = $2 and number = $3
