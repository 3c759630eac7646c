select count(*) as n from assemblies_log where tenant = $1 and decision = $2 and kind = 'void' and $3 < at
