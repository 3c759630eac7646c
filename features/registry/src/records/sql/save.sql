update registry_records
set enterprise = $4, class = $5, status = $6, title = $7, happened_on = $8, ends_on = $9, part = $10, whole = $11, evidence = $12, void_reason = $13, version = version + 1
where tenant = $1 and id = $2 and version = $3
