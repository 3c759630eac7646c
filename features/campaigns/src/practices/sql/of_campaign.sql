select id, campaign, application, community, title, body, stage, reason, published_at, version from campaigns_practices where campaign = $1 order by id desc
