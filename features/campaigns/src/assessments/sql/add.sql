insert into campaigns_sheets (tenant, id, campaign, application, assessor, stage, marks, level, version) values ($1, $2, $3, $4, $5, 'open', '{}', $6, 1)
on conflict (tenant, application, assessor) do nothing
