select id, campaign, application, community, title, body, stage, reason, published_at, version from campaigns_practices where community = $1 and stage = 'published' order by id desc limit 20
