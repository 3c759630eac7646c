insert into campaigns_choices (tenant, id, campaign, selection, application, reason, proposed_by, proposed_at, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, 1)
