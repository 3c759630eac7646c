insert into campaigns_street_receipts (tenant, campaign, subdistrict, person, signed_at) values ($1, $2, $3, $4, $5) on conflict (tenant, campaign, subdistrict) do nothing
