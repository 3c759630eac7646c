insert into registry_import_blocks (tenant, import, line, rows) values ($1, $2, $3, $4)
