select tenant, id, campaign, application, subject, says, body, filed_by, filed_at, due_on, outcome, answer, scored_by, version from campaigns_appeals
where campaign = $1 /*[county] and tenant = $2*/
order by id
