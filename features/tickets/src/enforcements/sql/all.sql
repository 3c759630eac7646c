select id, title, category, department, basis, phone, frequent, simple, local, swift, listed_on, ended_on, ended_for, version
from tickets_enforcements
where tenant = $1
order by id desc
limit 500
