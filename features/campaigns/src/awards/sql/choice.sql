select id, campaign, selection, application, reason, proposed_by, confirmed_by, version from campaigns_choices where tenant = $1 and id = $2
