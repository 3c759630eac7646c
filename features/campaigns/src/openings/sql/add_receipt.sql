insert into campaigns_receipts (tenant, campaign, person, signed_at) values ($1, $2, $3, $4) on conflict (tenant, campaign) do nothing
