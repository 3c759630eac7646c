insert into campaigns_appeals (tenant, id, campaign, application, subject, says, body, filed_by, filed_at, due_on, outcome, scored_by, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, 1)
