insert into campaigns_campaigns (id, city, title, pack, pinned, opened_at, version, tenant, addressees) values ($1, $2, $3, $4, $5, $6, 1, $7, $8)
