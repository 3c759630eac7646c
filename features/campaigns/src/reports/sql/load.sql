select id, campaign, form, sections, submitted_at, handed_at, version from campaigns_reports where tenant = $1 and id = $2
