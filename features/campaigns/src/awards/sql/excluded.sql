select application, reason, document, at from campaigns_exclusions where campaign = $1 order by at, application
