select count(*) as n from assemblies_objections where tenant = $1 and subject = $2 and outcome = 'upheld' and $3 < answered_at
