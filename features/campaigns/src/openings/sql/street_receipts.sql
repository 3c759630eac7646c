select subdistrict, signed_at from campaigns_street_receipts where tenant = $1 and campaign = $2 order by subdistrict
