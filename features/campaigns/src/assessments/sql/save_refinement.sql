insert into campaigns_refinements (tenant, campaign, standard, reason, version) values ($1, $2, $3, $4, 1)
on conflict (tenant, campaign) do update set standard = excluded.standard, reason = excluded.reason, version = campaigns_refinements.version + 1
