select city, tenant, title, contact, linked, withdrawn_at, withdrawn_reason, addressees from campaigns_campaigns where id = $1
