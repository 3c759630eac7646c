insert into registry_stamps (tenant, city, stamp) values ($1, $2, $3)
on conflict (tenant, city) do update set stamp = $3
