insert into campaigns_edits (tenant, sheet, device, n, item, seen, given, state, arrived) values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8) on conflict do nothing
