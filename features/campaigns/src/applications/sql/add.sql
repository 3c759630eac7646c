insert into campaigns_applications (tenant, id, city, subdistrict, neighborhood, community, enterprise, campaign, channel, stage, answers, version, subject, party)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', $10, 1, $11, $12)
