insert into registry_stamps (tenant, city, stamp) values ($1, $2, $3)
on conflict (tenant, city) do update set stamp = case when registry_stamps.stamp < $3 then $3 else registry_stamps.stamp + 1 end
