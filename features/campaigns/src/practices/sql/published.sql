select id, campaign, application, community, title, body, stage, reason, published_at, version from campaigns_practices where stage = 'published' order by published_at desc, id desc limit 100
