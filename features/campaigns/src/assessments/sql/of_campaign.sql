select id, campaign, application, assessor, level, stage, marks, void_reason, version from campaigns_sheets where campaign = $1 order by id
