insert into registry_import_faults (tenant, import, line, cells, fault) values ($1, $2, $3, $4, $5)
on conflict (tenant, import, line) do update set cells = excluded.cells, fault = excluded.fault
