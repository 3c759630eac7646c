select community, subject from campaigns_applications where tenant = $1 and id = $2
