select s.application, s.version, s.facts_on, s.facts, s.reason, s.person, s.at
from campaigns_snapshots s
where s.campaign = $1
  and s.version = (select max(version) from campaigns_snapshots n where n.tenant = s.tenant and n.application = s.application)
order by s.tenant, s.application
