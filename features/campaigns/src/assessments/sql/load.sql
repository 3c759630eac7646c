select id, campaign, application, assessor, level, stage, marks, void_reason, version from campaigns_sheets where tenant = $1 and id = $2
