select id, campaign, application, community, title, body, stage, reason, published_at, version from campaigns_practices where tenant = $1 and id = $2
