select decision, unit, serial, delivered_at, how, contact, present_at from assemblies_letters where digest = $1
