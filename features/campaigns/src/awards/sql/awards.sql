select id, campaign, selection, application, rank, name, place, enterprise, total, title, document, awarded_on
from campaigns_awards
where campaign = $1
order by selection, rank
