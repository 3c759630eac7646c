select tenant, signed_at from campaigns_receipts where campaign = $1 order by tenant
