insert into registry_import_rows (tenant, import, line, cells) values ($1, $2, $3, $4)
