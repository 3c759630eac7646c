select line, cells, fault from registry_import_faults
where tenant = $1 and import = $2
order by line
limit $3
