select id, campaign, selection, application, reason, proposed_by, confirmed_by, version from campaigns_choices where campaign = $1 order by selection, id
