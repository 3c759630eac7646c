insert into campaigns_publications (tenant, id, campaign, practice, channel, medium, title, link, published_on, person, version) values ($1, $2, $3, 0, $4, $5, $6, $7, $8, $9, 1)
