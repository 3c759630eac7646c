select id from assemblies_decisions where signed < leaves order by tenant, id limit 100
