update assemblies_ballots set void = 1 where tenant = $1 and decision = $2 and n = $3 and void = 0
