select id, campaign, channel, medium, title, link, published_on, void_reason, version from campaigns_publications where tenant = $1 and id = $2
