update assemblies_rolls set stage = $4, frozen_on = $5, reason = $6, proposed_on = $7, next_step = $8, version = version + 1 where tenant = $1 and id = $2 and version = $3
