select standard, reason, version from campaigns_refinements where tenant = $1 and campaign = $2
