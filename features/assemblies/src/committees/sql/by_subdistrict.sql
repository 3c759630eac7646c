select subdistrict as body, count(*) as n, cast(sum(case when term_ends_on < $2 then 1 else 0 end) as bigint) as expired
from assemblies_committees
where tenant = $1 and ended = 0
group by subdistrict
order by subdistrict
