select id, campaign, application, assessor, stage, marks, version from campaigns_sheets where assessor = $1 order by campaign desc, id limit 500
