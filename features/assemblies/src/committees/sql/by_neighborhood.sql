select neighborhood as body, count(*) as n, cast(sum(case when term_ends_on < $2 then 1 else 0 end) as bigint) as expired, cast(sum(case when kind = 'owners' then 1 else 0 end) as bigint) as owners,
    cast(sum(case when exists (select 1 from assemblies_oversight o where o.tenant = c.tenant and o.committee = c.id and o.kind in ('supervisor', 'audit'))
        or exists (select 1 from assemblies_duties d where d.tenant = c.tenant and d.committee = c.id and d.key >= 'duty_report-' and d.key < 'duty_report.') then 1 else 0 end) as bigint) as supervised
from assemblies_committees c
where subdistrict = $1 and ended = 0
group by neighborhood
order by neighborhood
