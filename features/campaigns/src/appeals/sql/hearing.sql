select campaign, opened_on, closes_on from campaigns_hearings where campaign = $1
