update campaigns_applications set reported = $3 where tenant = $1 and id = $2
