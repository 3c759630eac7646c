insert into store_numbers (tenant, kind, newest) values ($1, $2, cast($3 as bigint) + cast($4 as bigint))
on conflict (tenant, kind) do update set newest = case when store_numbers.newest < cast($3 as bigint) then cast($3 as bigint) else store_numbers.newest end + cast($4 as bigint)
returning newest
