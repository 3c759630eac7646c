select n, unit, channel, at, sealed, void, proxy, account from assemblies_ballots where tenant = $1 and decision = $2 order by n
