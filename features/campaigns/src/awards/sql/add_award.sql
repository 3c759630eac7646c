insert into campaigns_awards (tenant, id, campaign, selection, application, rank, name, place, enterprise, total, title, document, awarded_on)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
