select subdistrict as body, count(*) as n, cast(sum(case when term_ends_on < $2 then 1 else 0 end) as bigint) as expired, cast(sum(case when kind = 'owners' then 1 else 0 end) as bigint) as owners
from assemblies_committees
where tenant = $1 and ended = 0
group by subdistrict
order by subdistrict
