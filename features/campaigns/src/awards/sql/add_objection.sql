insert into campaigns_objections (tenant, id, campaign, notice, application, body, contact, filed_at, due_on, outcome, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', 1)
