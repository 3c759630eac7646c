select id, campaign, application, assessor, stage, marks, version from campaigns_sheets where tenant = $1 and id = $2
