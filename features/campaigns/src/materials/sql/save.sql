update campaigns_materials set sections = $4, version = version + 1 where tenant = $1 and application = $2 and version = $3
