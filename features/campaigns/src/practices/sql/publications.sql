select id, campaign, channel, medium, title, link, published_on, void_reason, version from campaigns_publications where campaign = $1 order by published_on desc, id desc
