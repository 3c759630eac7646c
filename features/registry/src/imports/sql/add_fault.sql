insert into registry_import_faults (tenant, import, line, cells, fault) values ($1, $2, $3, $4, $5)
