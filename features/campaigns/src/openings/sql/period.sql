select code, title, starts_on, ends_on, printed_on, reason from campaigns_periods where campaign = $1 and code = $2
