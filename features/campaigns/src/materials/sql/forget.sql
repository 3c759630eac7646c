delete from campaigns_materials where tenant = $1 and application = $2
