insert into assemblies_seals (tenant, committee, n, seal, document, copies, basis, asked_on, asked_by, outcome, remark, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', '', 1)
