update registry_imports
set mapping = $4, stage = $5, mode = $6, applied = $7, skipped = $8, refused = $9, through = $10, version = version + 1
where tenant = $1 and id = $2 and version = $3
