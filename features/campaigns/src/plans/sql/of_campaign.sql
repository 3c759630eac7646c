select tenant, selection, mode, reason from campaigns_plans where campaign = $1 order by tenant, selection
