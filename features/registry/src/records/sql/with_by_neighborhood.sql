select neighborhood as body, count(distinct community) as n
from registry_records
where subdistrict = $1 and kind = $2 and class in ($3, $4, $5) and happened_on <= $6 and (ends_on is null or $6 <= ends_on) and void_reason is null and 0 < community
group by neighborhood
order by neighborhood
