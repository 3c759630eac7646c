select rows from registry_import_blocks
where tenant = $1 and import = $2 and line > $3
order by line
limit $4
