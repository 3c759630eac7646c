select id, campaign, form, sections, submitted_at, handed_at, version from campaigns_reports where campaign = $1 order by form, tenant
