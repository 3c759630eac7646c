select tenant, selection, communities, places, used from campaigns_quotas where campaign = $1 order by tenant, selection
