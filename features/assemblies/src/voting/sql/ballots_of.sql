select n, unit, channel, at, sealed, void, proxy, account from assemblies_ballots where tenant = $1 and decision = $2 and unit = $3 order by n
