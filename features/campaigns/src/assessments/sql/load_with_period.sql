-- Of a campaign that was withdrawn no period is running.
select s.id, s.campaign, s.application, s.assessor, s.level, s.stage, s.marks, s.void_reason, s.version,
       p.code, p.title, p.starts_on, p.ends_on, p.printed_on, p.reason
from campaigns_sheets s
join campaigns_campaigns c on c.id = s.campaign
left join campaigns_periods p on p.campaign = s.campaign and c.withdrawn_at is null
    and p.code = case s.level when 'city' then $3 else $4 end
where s.tenant = $1 and s.id = $2
