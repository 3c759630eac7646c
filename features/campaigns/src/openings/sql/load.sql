select city, title, pinned from campaigns_campaigns where id = $1
