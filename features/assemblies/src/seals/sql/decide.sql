update assemblies_seals set outcome = $5, decided_on = $6, decided_by = $7, remark = $8, version = version + 1 where tenant = $1 and committee = $2 and n = $3 and version = $4
