select id, campaign, notice, application, body, contact, filed_at, due_on, outcome, answer, version from campaigns_objections where campaign = $1 order by id limit 500
