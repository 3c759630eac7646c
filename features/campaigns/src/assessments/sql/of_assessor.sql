select id, campaign, application, assessor, level, stage, marks, void_reason, version from campaigns_sheets where assessor = $1 order by campaign desc, id limit 500
