select line, cells, fault
from registry_import_rows
where tenant = $1 and import = $2 and line > $3 /*[faulty] and fault is not null*/
order by line
limit $4
