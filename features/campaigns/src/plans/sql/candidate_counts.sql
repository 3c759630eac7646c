select tenant, count(*) as n from campaigns_candidates where campaign = $1 group by tenant order by tenant
