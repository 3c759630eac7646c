select city, tenant, title, contact, linked from campaigns_campaigns where id = $1
