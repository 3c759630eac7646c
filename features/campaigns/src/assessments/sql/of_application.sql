select id, campaign, application, assessor, stage, marks, version from campaigns_sheets where tenant = $1 and application = $2 order by id
