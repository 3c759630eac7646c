select count(case when outcome = 'open' then 1 end) as open, count(case when outcome = 'upheld' then 1 end) as upheld from assemblies_objections where tenant = $1 and subject = $2
