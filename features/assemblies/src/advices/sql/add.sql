insert into assemblies_advices (tenant, id, community, seats, party_percent, cross_percent, youngest, oldest, words, given_on, person) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
