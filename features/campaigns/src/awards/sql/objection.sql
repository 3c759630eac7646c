select id, campaign, notice, application, body, contact, filed_at, due_on, outcome, answer, version from campaigns_objections where tenant = $1 and id = $2
