select a.tenant, a.id, a.city, a.subdistrict, a.neighborhood, a.community, a.enterprise, a.campaign, a.channel, a.party, a.subject, a.stage, a.answers, a.reason, a.paper_on, a.version
from campaigns_applications a
join campaigns_selected s on s.tenant = a.tenant and s.campaign = a.campaign and s.application = a.id
where a.city = $1 and a.campaign = $2 and s.selection = $3
order by a.id
