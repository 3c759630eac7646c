select decision, unit, serial, delivered_at, how, contact from assemblies_letters where digest = $1
