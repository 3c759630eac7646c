update assemblies_corrections set outcome = $4, closed_on = $5, mandate = $6, remark = $7, version = version + 1 where tenant = $1 and id = $2 and version = $3
