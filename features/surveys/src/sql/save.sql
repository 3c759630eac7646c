update surveys_surveys set stage = $4, reason = $5, entered = $6, version = version + 1 where tenant = $1 and id = $2 and version = $3
