select unit, ballot, channel, at, proxy, account from assemblies_effective where tenant = $1 and decision = $2 order by unit
