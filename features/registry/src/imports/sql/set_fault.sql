update registry_import_rows set fault = $4 where tenant = $1 and import = $2 and line = $3
