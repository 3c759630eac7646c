select city, title, pinned, contact, linked from campaigns_campaigns where id = $1
