update assemblies_decisions set leaves = leaves + 1 where tenant = $1 and id = $2 returning leaves
