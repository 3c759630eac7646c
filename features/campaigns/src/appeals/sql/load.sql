select tenant, id, campaign, application, subject, says, body, filed_by, filed_at, due_on, outcome, answer, scored_by, version from campaigns_appeals where tenant = $1 and id = $2
