select unit, ballot, channel, at from assemblies_effective where tenant = $1 and decision = $2 order by unit
