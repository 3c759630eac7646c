select pinned from campaigns_campaigns where id = $1
