select cast(coalesce(sum(case when outcome = 'open' then 1 else 0 end), 0) as bigint) as open, max(case when outcome = 'upheld' then answered_version end) as upheld
from campaigns_objections
where campaign = $1
