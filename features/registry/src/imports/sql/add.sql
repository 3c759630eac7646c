insert into registry_imports (tenant, id, person, register, file_name, file_hash, header, mapping, stage, mode, rows, applied, skipped, refused, through, created_at, version)
values ($1, $2, $3, 'communities', $4, $5, $6, $7, 'staged', '', $8, 0, 0, 0, 0, $9, 1)
