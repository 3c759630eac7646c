update tickets_enforcements set ended_on = $4, ended_for = $5, version = version + 1 where tenant = $1 and id = $2 and version = $3
