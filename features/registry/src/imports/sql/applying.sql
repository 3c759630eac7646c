select id, person, register, file_name, file_hash, header, mapping, stage, mode, rows, applied, skipped, refused, through, version from registry_imports where stage = 'applying' order by id
