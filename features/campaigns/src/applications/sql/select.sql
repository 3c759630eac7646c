insert into campaigns_selected (tenant, campaign, selection, application, decided_on, decision) values ($1, $2, $3, $4, $5, $6)
