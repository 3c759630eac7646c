insert into campaigns_reports (tenant, id, campaign, form, sections, submitted_at, handed_at, version) values ($1, $2, $3, $4, $5, $6, $7, 1)
