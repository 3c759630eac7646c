update campaigns_campaigns set contact = $2, linked = $3, version = version + 1 where id = $1
