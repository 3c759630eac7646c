insert into campaigns_plans (tenant, campaign, selection, mode, reason, person, declared_at) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (tenant, campaign, selection) do update set mode = excluded.mode, reason = excluded.reason, person = excluded.person, declared_at = excluded.declared_at
