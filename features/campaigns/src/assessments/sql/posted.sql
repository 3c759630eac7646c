select n.id, n.campaign, n.version, n.posted_on, n.days, n.next_step, n.body, n.reason, c.title
from campaigns_notices n
join campaigns_campaigns c on c.id = n.campaign
order by n.posted_on desc, n.id desc
limit 50
