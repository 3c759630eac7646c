insert into registry_imports (tenant, id, person, register, file_name, file_hash, header, mapping, stage, mode, rows, applied, skipped, refused, through, created_at, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'staged', '', $9, 0, 0, 0, 0, $10, 1)
