select count(*) as n from registry_import_faults where tenant = $1 and import = $2
