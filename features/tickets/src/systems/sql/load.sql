select id, name, channel, secret, created_at, ended_at, version from tickets_systems where id = $1
