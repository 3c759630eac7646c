update campaigns_applications
set stage = $4, answers = $5, reason = $6, paper_on = $7, version = version + 1
where tenant = $1 and id = $2 and version = $3
