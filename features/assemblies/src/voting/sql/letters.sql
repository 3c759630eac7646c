select decision, unit, serial, delivered_at, how, contact, present_at from assemblies_letters where tenant = $1 and decision = $2 order by unit
